package qemucompare

import "testing"

func TestWhatADomainHasAndNobodyKnowsIsAProperty(t *testing.T) {
	d, err := Domain([]byte(`<domain type="kvm"><name>a</name><features><acpi/></features><devices><smartcard/></devices></domain>`))
	if err != nil {
		t.Fatal(err)
	}
	if d["unknown/<smartcard>"] != "on" || d["guest/name"] != "a" {
		t.Errorf("have %v", d)
	}
}

func TestABrokenDomainIsRefused(t *testing.T) {
	for _, text := range []string{"", "<network/>", "<domain>", `<domain><memory unit="pints">1</memory></domain>`, `<domain><memory>much</memory></domain>`, `<domain><devices><memory><target/></memory></devices></domain>`} {
		if d, err := Domain([]byte(text)); err == nil {
			t.Errorf("%q: have %v", text, d)
		}
	}
}

func FuzzDomain(f *testing.F) {
	f.Add([]byte(`<domain type="kvm"><memory unit="MiB">512</memory><cpu mode="custom"><feature policy="disable" name="a_b"/><numa><cell id="0" memory="1" cpus="0-0,2"/></numa></cpu></domain>`))
	f.Add([]byte(`<domain><devices><controller type="scsi" index="0"/><disk type="file"><target bus="scsi"/><address controller="0" unit="9"/><iotune><read_bytes_sec>1</read_bytes_sec></iotune></disk></devices></domain>`))
	f.Add([]byte(`<domain><devices><interface type="bridge"><address type="pci" bus="0x0g"/></interface><hostdev type="pci"/><hostdev type="usb"/></devices></domain>`))
	f.Fuzz(func(t *testing.T, text []byte) {
		d, err := Domain(text)
		if err == nil && d["boot/strict"] == "" {
			t.Errorf("nothing of the machine: %v", d)
		}
	})
}
