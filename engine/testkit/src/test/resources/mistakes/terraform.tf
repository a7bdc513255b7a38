resource "libvirt_network" "web" {
  name = "web"
}
