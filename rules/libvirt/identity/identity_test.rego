package rules.libvirt.identity_test

import data.lib.domains_test
import data.rules.libvirt.identity

_config := {
	"name": "web",
	"ostype": "win11",
	"smbios1": "uuid=4F0B4C1E-9d41-4d2a-8a57-1f6a3f0d2b11,manufacturer=QWNtZQ==,serial=4,base64=1",
	"tags": "prod;we b;<x>",
	"template": "1",
	"vmgenid": "0c9f6c0e-6b0f-4d6e-9a5d-2b7f1f3e8d01",
}

_parts := parts if {
	parts := identity.parts with input as object.union(domains_test.vm(_config), {"host": {"name": "pve"}})
		with data.catalog as {"libvirt_os": {"win11": "http://microsoft.com/win/11"}}
}

test_a_domain_is_who_it_was if {
	domains_test.value(_parts, "name") == "web"
	domains_test.value(_parts, "uuid") == "4f0b4c1e-9d41-4d2a-8a57-1f6a3f0d2b11"
	domains_test.value(_parts, "genid") == "0c9f6c0e-6b0f-4d6e-9a5d-2b7f1f3e8d01"
	domains_test.value(_parts, "metadata.guest.vmid") == 100
	domains_test.value(_parts, "metadata.guest.tags") == ["prod", "we", "b"]
	domains_test.value(_parts, "metadata.guest.template") == true
	domains_test.value(_parts, "metadata.guest.ostype") == "win11"
	domains_test.value(_parts, "metadata.osinfo.os.id") == "http://microsoft.com/win/11"
}

test_the_firmware_says_the_same_of_the_machine if {
	domains_test.value(_parts, "sysinfo.type") == "smbios"
	domains_test.value(_parts, "os.smbios.mode") == "sysinfo"
	domains_test.value(_parts, "sysinfo.system.entry.manufacturer") == "Acme"
	not domains_test.value(_parts, "sysinfo.system.entry.serial")
}

test_plain_words_need_no_base64 if {
	parts := identity.parts with input as object.union(domains_test.vm({"smbios1": "serial=4"}), {"host": {"name": "pve"}})
	domains_test.value(parts, "sysinfo.system.entry.serial") == "4"
}

test_without_a_uuid_it_is_always_the_same if {
	parts := identity.parts with input as object.union(domains_test.vm({"name": "web"}), {"host": {"name": "pve"}})
	domains_test.value(parts, "uuid") == "2e1788e4-977b-5375-8815-9d535e2e595b"
}

test_two_domains_never_have_one_uuid if {
	config := {"smbios1": "uuid=4f0b4c1e-9d41-4d2a-8a57-1f6a3f0d2b11"}
	parts := identity.parts with input as object.union(domains_test.host([{"vmid": 100, "config": config}, {"vmid": 101, "config": config}]), {"host": {"name": "pve"}})
	count({p.value | some p in parts; p.path == ["uuid"]} - {"4f0b4c1e-9d41-4d2a-8a57-1f6a3f0d2b11"}) == 2
}

test_a_foreign_uuid_is_not_taken if {
	parts := identity.parts with input as object.union(domains_test.vm({"smbios1": "uuid=x", "vmgenid": "1"}), {"host": {"name": "pve"}})
	domains_test.value(parts, "uuid") != "x"
	not domains_test.value(parts, "genid")
}
