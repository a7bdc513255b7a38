package dev.paddock.api.diagnostic;

/** The stable code of a diagnostic. Each has a page in {@code docs/diagnostics}. */
public enum Code {
    // Files.
    FILE_UNREADABLE("PD1001", "File cannot be read"),
    YAML_SYNTAX("PD1002", "Not valid YAML"),
    YAML_DUPLICATE_KEY("PD1003", "Key given twice"),
    YAML_TOO_LARGE("PD1004", "File too large or too deeply nested"),
    YAML_UNSUPPORTED("PD1005", "YAML feature not supported"),
    INCLUDE_CYCLE("PD1006", "File includes itself"),
    XML_SYNTAX("PD1007", "Not valid XML"),
    FILE_UNWRITABLE("PD1008", "File cannot be written"),

    // Contents of playbooks.
    UNKNOWN_KEY("PD1101", "Unknown key"),
    MISSING_KEY("PD1102", "Required key missing"),
    WRONG_SHAPE("PD1103", "Wrong kind of value"),
    BAD_VALUE("PD1104", "Value not accepted"),
    DUPLICATE_RESOURCE("PD1105", "Resource declared twice"),
    CONFLICTING_KEYS("PD1106", "Keys that exclude each other"),

    // Variables and expressions.
    UNDEFINED_VARIABLE("PD1201", "Variable not defined"),
    BAD_EXPRESSION("PD1202", "Expression cannot be evaluated"),
    UNSAFE_EXPRESSION("PD1203", "Expression not allowed"),
    TEMPLATE_FAILED("PD1204", "Template cannot be rendered"),
    SECRET_IN_HOST_NAME("PD1205", "Host name made of a secret"),
    FILE_OUTSIDE("PD1206", "File outside the folder of the playbook"),
    URI_STARTS_PROGRAM("PD1207", "URI that can start a program"),
    CONTROL_CHARACTER("PD1208", "Control character in a value"),

    // Hosts and selection.
    UNKNOWN_HOST("PD1301", "Host not in the inventory"),
    NOTHING_SELECTED("PD1302", "Selection matches nothing"),
    BAD_OPTION("PD1303", "Option not accepted"),
    INVENTORY_UNREADABLE("PD1304", "Inventory that cannot be understood"),
    INVENTORY_UNSUPPORTED("PD1305", "Inventory of a kind that is not supported"),
    VAULT_LOCKED("PD1306", "Vault cannot be opened"),
    VAULT_DAMAGED("PD1307", "Encrypted text cannot be read"),
    VAULT_PASSWORD_UNUSABLE("PD1308", "Vault password cannot be used"),
    VARIABLE_HIDDEN("PD1309", "Variable that no expression can use"),
    TEMPLATE_UNSUPPORTED("PD1310", "Jinja template not supported"),
    HOSTS_NOT_BEGUN("PD1311", "Hosts not begun because others failed"),

    // References.
    UNKNOWN_REFERENCE("PD1401", "Reference to something that is neither declared nor on the host"),
    REFERENCE_CYCLE("PD1402", "Resources refer to each other in a cycle"),
    STILL_REFERENCED("PD1403", "Resource is still in use by another"),
    UUID_TAKEN("PD1404", "UUID belongs to an object of another name"),
    PRUNE_OF_DEFAULT("PD1405", "Not pruned in the default project"),
    RENAME_WHILE_RUNNING("PD1406", "VM to be renamed runs"),

    // Documents.
    SCHEMA_VIOLATION("PD1501", "Document not accepted by libvirt's schema"),
    WRONG_DOCUMENT("PD1502", "Document of another kind"),
    NAME_MISMATCH("PD1503", "Document and resource have different names"),
    LIBVIRT_DROPS("PD1504", "libvirt would drop this silently"),
    SCHEMAS_MISSING("PD1505", "Documents cannot be checked beforehand"),
    RUNNING_DOCUMENT("PD1506", "Document of a running VM"),

    // What filters let through.
    FILTER_UNUSABLE("PD1601", "Filter that libvirt cannot carry out"),
    POLICY_BROKEN("PD1602", "What was expected does not hold"),
    LEASE_BLOCKED("PD1603", "Filter keeps guests from getting an address"),
    NO_DEFAULT_DROP("PD1604", "Filter lets pass what it does not name"),
    FAMILY_OPEN("PD1605", "Filter leaves IPv6 or other frames open"),
    SPOOFING_OPEN("PD1606", "Filter lets addresses be forged"),
    HOST_OPEN("PD1607", "Filter leaves the host open"),
    GUESTS_OPEN("PD1608", "Filter leaves other guests open"),
    ADDRESS_LEARNED("PD1609", "Address is learned from the guest"),
    RULE_UNREACHED("PD1610", "Rule that is never reached"),
    FILTER_UNUSED("PD1611", "Filter that nobody uses"),
    PORT_WITHOUT_START("PD1612", "Range of ports without a start"),
    DROP_BOTH_WAYS("PD1613", "Rule that drops in the other direction as well"),
    NAME_UNRESOLVED("PD1614", "Name without an address"),
    FILTER_UNFAITHFUL("PD1615", "Filter that the host's firewall carries out as something else"),

    // What is accepted by every schema, and cannot work.
    ADDRESS_UNFIT("PD1701", "Address that does not fit its subnet"),
    GIVEN_TWICE("PD1702", "Value that only one can have"),
    SUBNETS_OVERLAP("PD1703", "Subnets overlap"),
    PREFIX_GUESSED("PD1704", "Address without a prefix length"),
    HOST_LACKS("PD1705", "The host cannot run this"),
    NEVER_READY("PD1706", "Readiness that cannot come"),
    DEVICE_IMPOSSIBLE("PD1707", "Device that cannot work"),
    NO_EFFECT("PD1708", "What is given has no effect"),
    OTHER_LANGUAGE("PD1709", "File or text of another tool"),

    // Planning.
    NOT_OURS("PD2001", "An object of this name exists and is not managed by this project"),
    PROTECTED("PD2002", "Resource is protected"),
    NOT_ALLOWED("PD2003", "Change costs more than on_change allows"),
    PLAN_STALE("PD2004", "Saved plan is stale"),
    PLAN_UNREADABLE("PD2005", "Saved plan cannot be used"),
    DATA_LOSS("PD2006", "Data would be lost"),
    DISK_LAYERED("PD2007", "Disk is on a layer above the declared one"),
    DISK_REPLACED("PD2008", "Disk is replaced by another"),
    DATA_LEFT_BEHIND("PD2009", "Data stays behind"),
    BACKING_LARGER("PD2010", "Disk is smaller than what backs it"),
    FORMAT_DIFFERS("PD2011", "Disk and volume have different formats"),

    // Hosts.
    HOST_UNREACHABLE("PD3001", "Host cannot be reached"),
    HOST_LOST("PD3002", "Connection to the host was lost"),
    CANNOT_READ("PD3003", "Object cannot be read"),
    HOST_REFUSED("PD3004", "libvirt refused"),
    NOT_KEPT("PD3005", "libvirt did not keep what was applied"),
    SKIPPED("PD3006", "Skipped because of an earlier failure"),
    NOT_SUPPORTED("PD3007", "Not supported by this host"),
    INTERRUPTED("PD3008", "Interrupted"),
    SECRET_LEFT_OUT("PD3009", "Secret left out"),
    NOT_READY("PD3020", "Guest not ready"),
    UNTESTED_LIBVIRT("PD3010", "libvirt of a version that was not tested"),
    FILE_OUT_OF_REACH("PD3021", "QEMU cannot open a file"),

    // Images.
    IMAGE_NOT_BUILT("PD4101", "Image cannot be built"),
    DOWNLOAD_FAILED("PD4102", "Download failed"),
    CHECKSUM_WRONG("PD4103", "Checksum does not match"),
    IMAGE_NOT_KEPT("PD4104", "Image cannot be kept"),
    IMAGE_UNFIT("PD4105", "Image cannot be used"),

    // This computer and its packages.
    PACKAGE_MISSING("PD4001", "Package missing"),
    LAB_FAILED("PD4002", "Lab cannot be started"),
    KVM_UNAVAILABLE("PD4003", "KVM virtualization not available"),
    PERMISSION_DENIED("PD4004", "Permission denied when connecting to libvirt"),
    LIBVIRTD_DOWN("PD4005", "libvirtd is not running"),
    NETWORKS_MISSING("PD4006", "Required networks missing"),
    BRIDGE_FILTERING_OFF("PD4007", "Filters have no effect on this host"),
    AGENT_NOT_BUILT("PD4008", "Guest agent cannot be built"),
    FIXES_MISSING("PD4009", "libvirt lacks security fixes"),

    // Inside guests.
    NO_WAY_IN("PD5001", "No way into the guest"),
    GUEST_SILENT("PD5002", "Guest does not answer"),
    GUEST_GONE("PD5003", "Guest has hung up"),
    GUEST_GARBLED("PD5004", "Guest is not understood"),
    COMMAND_NOT_STARTED("PD5005", "Command not started"),
    COPY_FAILED("PD5006", "Copy failed"),
    GUEST_NOT_CLAIMED("PD5007", "Guest cannot be claimed"),
    WORKSPACE_FAILED("PD5008", "Workspace failed"),
    FIRST_BOOT_UNREAD("PD5009", "Nothing reads the data for the first boot"),
    FIRST_BOOT_DONE("PD5010", "Guest has had its first boot"),
    FIRST_BOOT_FAILED("PD5011", "First boot ended with errors"),

    // Snapshots.
    SNAPSHOT_NOT_TAKEN("PD6001", "Snapshot cannot be taken"),
    SNAPSHOT_UNKNOWN("PD6002", "Snapshot not there"),
    SNAPSHOT_NOT_RESTORED("PD6003", "Snapshot cannot be restored"),

    // Pools.
    SHARED_BY_POOL("PD7001", "Guests of a pool would share what they write"),
    POOL_SERVER_ABSENT("PD7101", "Pool server does not answer"),
    POOL_SERVER_REFUSED("PD7102", "Pool server refuses"),
    LEASE_ENDED("PD7103", "Lease has ended");

    private final String id;
    private final String summary;

    Code(String id, String summary) {
        this.id = id;
        this.summary = summary;
    }

    /** Return the stable identifier, as printed. */
    public String id() {
        return id;
    }

    /** Return the fixed one-line summary. It contains nothing that comes from the user. */
    public String summary() {
        return summary;
    }
}
