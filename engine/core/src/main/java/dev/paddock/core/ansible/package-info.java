/** Inventories of Ansible: files and folders in INI and YAML, with group_vars, host_vars and vaults. */
@NullMarked
package dev.paddock.core.ansible;

import org.jspecify.annotations.NullMarked;
