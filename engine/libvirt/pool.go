package libvirt

import "encoding/xml"

// Pool is where volumes are.
type Pool struct {
	XMLName xml.Name `json:"-" xml:"pool"`
	// Type is dir, fs, netfs, logical, disk, iscsi, rbd, gluster or zfs.
	Type   string      `json:"type" xml:"type,attr"`
	Name   string      `json:"name" xml:"name"`
	UUID   string      `json:"uuid" xml:"uuid,omitempty"`
	Source *PoolSource `json:"source" xml:"source"`
	Target *PoolTarget `json:"target" xml:"target"`
}

// PoolSource is what the volumes are made from.
type PoolSource struct {
	Host      []Host     `json:"host" xml:"host"`
	Device    []Path     `json:"device" xml:"device"`
	Dir       *Path      `json:"dir" xml:"dir"`
	Name      string     `json:"name" xml:"name,omitempty"`
	Format    *Type      `json:"format" xml:"format"`
	Initiator *Initiator `json:"initiator" xml:"initiator"`
	Auth      *Auth      `json:"auth" xml:"auth"`
}

// Path is a device, or a folder of a server.
type Path struct {
	Path string `json:"path" xml:"path,attr"`
}

// PoolTarget is where the volumes appear.
type PoolTarget struct {
	Path string `json:"path" xml:"path"`
}
