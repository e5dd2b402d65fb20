package introspect

import "testing"

// A staged network configuration is another state than the one that is read.
func TestStagedInterfacesAreAnAnomaly(t *testing.T) {
	const text = "auto lo\niface lo inet loopback\n"
	for name, files := range map[string]map[string]string{
		"staged": {"etc/network/interfaces": text, "etc/network/interfaces.new": text},
		"":       {"etc/network/interfaces": text},
	} {
		var staged string
		for _, a := range captureTree(t, writeTree(t, files)).Network.Anomalies {
			if a.Source == "/etc/network/interfaces.new:1" {
				staged = "staged"
			}
		}
		if staged != name {
			t.Errorf("%q: got %q", name, staged)
		}
	}
}
