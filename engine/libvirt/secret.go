package libvirt

import (
	"encoding/xml"
	"fmt"
)

// SecretDefinition is the place of a key that libvirt keeps for others. The key itself is in no document.
type SecretDefinition struct {
	XMLName     xml.Name     `json:"-" xml:"secret"`
	Ephemeral   YesNo        `json:"ephemeral" xml:"ephemeral,attr"`
	Private     YesNo        `json:"private" xml:"private,attr"`
	UUID        string       `json:"uuid" xml:"uuid,omitempty"`
	Description string       `json:"description" xml:"description,omitempty"`
	Usage       *SecretUsage `json:"usage" xml:"usage"`
}

// SecretUsage says by which name disks and pools ask for the key.
type SecretUsage struct {
	// Type is ceph or iscsi; iscsi has a target in the place of a name.
	Type   string `json:"type" xml:"type,attr"`
	Name   string `json:"name" xml:"name,omitempty"`
	Target string `json:"target" xml:"target,omitempty"`
}

// RenderSecret gives the XML of a secret.
func RenderSecret(name string, tree map[string]any) ([]byte, error) {
	s := SecretDefinition{}
	if err := decode(tree, &s); err != nil {
		return nil, err
	}
	if s.Usage == nil || s.Usage.Type == "" {
		return nil, fmt.Errorf("/usage: a secret needs one")
	}
	return render(name, &s)
}
