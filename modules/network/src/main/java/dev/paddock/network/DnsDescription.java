package dev.paddock.network;

import dev.paddock.api.xml.Element;

/** A DNS server in the words of a playbook. */
final class DnsDescription {
    private DnsDescription() {}

    static Object of(Element dns) {
        return new Yaml()
                .attributes(dns, "enable", "forwardPlainNames")
                .list("forwarders", dns.children("forwarder"), forwarder -> new Yaml()
                        .attributes(forwarder, "addr", "port", "domain")
                        .shortBy("addr"))
                .list("txts", dns.children("txt"), txt -> new Yaml()
                        .attributes(txt, "name", "value")
                        .entries())
                .list("srvs", dns.children("srv"), srv -> new Yaml()
                        .attributes(srv, "service", "protocol", "domain", "target", "port", "priority", "weight")
                        .entries())
                .list("hosts", dns.children("host"), host -> new Yaml()
                        .attributes(host, "ip")
                        .list("hostnames", host.children("hostname"), Element::text)
                        .entries())
                .shortBy("enable");
    }
}
