/** Real packets in a lab: sent as they are, and watched for where they might come out. */
@NullMarked
package dev.paddock.host.packets;

import org.jspecify.annotations.NullMarked;
