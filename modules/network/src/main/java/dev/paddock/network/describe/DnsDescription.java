package dev.paddock.network.describe;

import dev.paddock.api.kind.YamlBuilder;
import dev.paddock.api.xml.Element;

/** Describes a DNS server as fields of a playbook. */
final class DnsDescription {
    private DnsDescription() {}

    static Object of(Element dns) {
        return new YamlBuilder()
                .attributes(dns, "enable", "forwardPlainNames")
                .list("forwarders", dns.children("forwarder"), forwarder -> new YamlBuilder()
                        .attributes(forwarder, "addr", "port", "domain")
                        .shortBy("addr"))
                .list("txts", dns.children("txt"), txt -> new YamlBuilder()
                        .attributes(txt, "name", "value")
                        .entries())
                .list("srvs", dns.children("srv"), srv -> new YamlBuilder()
                        .attributes(srv, "service", "protocol", "domain", "target", "port", "priority", "weight")
                        .entries())
                .list("hosts", dns.children("host"), host -> new YamlBuilder()
                        .attributes(host, "ip")
                        .list("hostnames", host.children("hostname"), Element::text)
                        .entries())
                .shortBy("enable");
    }
}
