package dev.paddock.testkit.vm;

import static dev.paddock.testkit.bind.BoundPlaybooks.mistakes;
import static dev.paddock.testkit.bind.BoundPlaybooks.sound;
import static dev.paddock.testkit.bind.BoundPlaybooks.xml;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Guests made from templates, and what their short words stand for. */
class VmTemplatesTest {
    @Test
    void whatAGuestSaysGoesBeforeItsTemplateAndThatBeforeItsBase() {
        var bound = sound("""
                - templates:
                    - {name: small, memory: 256 MiB, cpus: 1, networks: lab, type: qemu}
                    - {name: large, base: small, cpus: 4, boot: {kernel: /k, cmdline: quiet}}
                  vms:
                    - {name: one, template: large, cpus: 2, boot: {cmdline: loud}}
                """);

        assertThat(xml(bound, "vm/one"))
                .contains("<memory unit='KiB'>262144</memory>", "<vcpu>2</vcpu>", "<source network='lab'/>")
                .contains("<kernel>/k</kernel>", "<cmdline>loud</cmdline>");
    }

    @Test
    void aTemplateSeesTheNameOfTheGuestAndItsOwnVariables() {
        var bound = sound("""
                - vars: {suffix: x}
                  vms:
                    - {name: "${each.key}", template: t, for_each: {a: 1, b: 2}}
                  templates:
                    - {name: t, title: "${vm.name}-${suffix}"}
                """);

        assertThat(xml(bound, "vm/a")).contains("<title>a-x</title>");
        assertThat(xml(bound, "vm/b")).contains("<title>b-x</title>");
    }

    @Test
    void mistakesOfTemplatesAreToldWhereTheyStand() {
        var mistakes = mistakes("""
                - templates:
                    - {name: a, base: b}
                    - {name: b, base: a}
                    - {name: c, memroy: 1 GiB}
                    - {name: d, cpus: many}
                  vms:
                    - {name: one, template: a}
                    - {name: two, template: lrage}
                """);

        assertThat(mistakes)
                .anyMatch(text -> text.contains("3:23") && text.contains("is based on itself: a -> b -> a"))
                .anyMatch(text -> text.contains("4:17") && text.contains("did you mean 'memory'?"))
                .anyMatch(text -> text.contains("5:23") && text.contains("'many' is not a number of processors"))
                .anyMatch(text -> text.contains("8:29") && text.contains("There is no template 'lrage'"));
    }

    @Test
    void anAddressIsReservedInTheNetworkAndHandedToTheFilter() {
        var bound = sound("""
                - networks: [{name: lab, address: 192.168.50.1/24, dhcp: 192.168.50.10-192.168.50.99}]
                  vms:
                    - name: web
                      networks: {name: lab, address: 192.168.50.20, filter: clean-traffic}
                """);

        assertThat(xml(bound, "vm/web")).contains("<parameter name='IP' value='192.168.50.20'/>");
        var mac = xml(bound, "vm/web").replaceAll("(?s).*<mac address='([^']*)'.*", "$1");
        assertThat(xml(bound, "network/lab")).contains("<host mac='" + mac + "' name='web' ip='192.168.50.20'/>");
    }

    @Test
    void anAddressWithoutAPlaceIsAMistake() {
        assertThat(mistakes("""
                - networks: [{name: lab, address: 192.168.50.1/24, dhcp: 192.168.50.10-192.168.50.99}]
                  vms:
                    - {name: web, networks: [{name: lab, address: 10.0.0.2}]}
                    - {name: two, networks: [{name: elsewhere, address: 10.0.0.2}]}
                """))
                .anyMatch(text -> text.contains("'10.0.0.2' is in no subnet that the network's DHCP server serves"))
                .anyMatch(text -> text.contains("network/elsewhere, which is not declared in this run"));
    }

    @Test
    void aDiskOfWhichOnlyTheSizeIsSaidIsMadeInThePoolOfImages() {
        var bound = sound("""
                - vms:
                    - {name: web, disks: [{size: 1 GiB}, {target: vdx, size: 2 GiB, pool: fast}]}
                """);

        assertThat(xml(bound, "volume/paddock/web-vda.qcow2")).contains("<capacity unit='bytes'>1073741824</capacity>");
        assertThat(xml(bound, "volume/fast/web-vdx.qcow2")).contains("<capacity unit='bytes'>2147483648</capacity>");
        assertThat(xml(bound, "storage/paddock")).contains("/var/lib/libvirt/images/paddock");
        assertThat(xml(bound, "vm/web"))
                .contains("<source file='/var/lib/libvirt/images/paddock/web-vda.qcow2'/>")
                .contains("<source pool='fast' volume='web-vdx.qcow2'/>");
    }

    @Test
    void aDiskThatIsNowhereIsAMistake() {
        assertThat(mistakes("- vms: [{name: web, disks: [{target: vda}]}]\n"))
                .anyMatch(text -> text.contains("The disk vda has neither a size nor a file, device or volume."));
    }

    @Test
    void aTemplateOfOnesOwnStandsBelowDomain() {
        assertThat(mistakes("- vms: [{name: web, domain: none.xml.ftlx, values: {a: b}}]\n"))
                .anyMatch(text -> text.contains("none.xml.ftlx"));
        assertThat(mistakes("- vms: [{name: web, xml: <domain/>, template: small}]\n"))
                .anyMatch(text -> text.contains("'xml' and 'template' both give the document."));
    }
}
