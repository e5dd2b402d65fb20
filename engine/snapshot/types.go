// Package snapshot is the fact model: the types of a captured Proxmox VE host,
// strict reading and writing of pve2nix.snapshot/v1, and the walk over the facts
// that the ledger must account for.
//
// It holds no knowledge of what a fact means and touches no host: the only way
// in is Read, the only way out is Write. schemas/snapshot.schema.json is
// generated from these types (go test ./engine/snapshot -update) and is the
// contract for everybody else.
//
// Conventions of the model: every list is present, an empty one is []; a scalar
// that could not be learnt is absent; "source" is "path:line" of the file that a
// fact was read from; a blank field tagged `schema:"account"` marks the facts of the
// ledger.
package snapshot

// Version is the value of the field "schema" of every snapshot.
const Version = "pve2nix.snapshot/v1"

// Snapshot is one captured host.
type Snapshot struct {
	// Schema is always pve2nix.snapshot/v1.
	Schema string `json:"schema" schema:"const=pve2nix.snapshot/v1"`
	// Capture says how, when and from where the facts were taken.
	Capture Capture `json:"capture"`
	// Host is the identity of the machine.
	Host Host `json:"host"`
	// Packages are the Debian packages that the package manager knows as installed or half removed.
	Packages []Package `json:"packages"`
	// Repositories are the configured package sources.
	Repositories []Repository `json:"repositories"`
	// Units are the systemd units, loaded ones and unit files, without devices, scopes, sessions, and
	// mounts, swap areas and slices that have no file.
	Units []Unit `json:"units"`
	// Network holds the configured and the live network, with Open vSwitch, SDN and firewall.
	Network Network `json:"network"`
	// Storage holds PVE storages and what they rest on.
	Storage Storage `json:"storage"`
	// Guests are the virtual machines and containers of all nodes whose configuration is visible.
	Guests []Guest `json:"guests"`
	// Cluster is corosync, the nodes, HA and replication.
	Cluster Cluster `json:"cluster"`
	// Access is who may do what in the PVE API.
	Access Access `json:"access"`
	// Datacenter is /etc/pve/datacenter.cfg.
	Datacenter Datacenter `json:"datacenter"`
	// Jobs are scheduled PVE jobs and the defaults of backups.
	Jobs Jobs `json:"jobs"`
	// Notifications are targets and matchers of /etc/pve/notifications.cfg.
	Notifications []Section `json:"notifications"`
	// Metrics are the external metric servers of /etc/pve/status.cfg.
	Metrics []Section `json:"metrics"`
	// ACME is accounts and plugins for certificates.
	ACME ACME `json:"acme"`
	// Mappings are cluster-wide names of host resources, /etc/pve/mapping/*.cfg, and of processor models; the type is the kind of resource.
	Mappings []Section `json:"mappings"`
	// Hardware is what the machine is made of.
	Hardware Hardware `json:"hardware"`
	// System is the Debian system below PVE: boot, users, ssh, cron, sysctl.
	System System `json:"system"`
	// Files are the files that were read.
	Files []File `json:"files"`
	// Problems are what could not be captured, and why.
	Problems []Problem `json:"problems"`
}

// Capture says how, when and from where the facts were taken.
type Capture struct {
	// Tool is the name and version of the program that captured.
	Tool string `json:"tool"`
	// Time is when the capture began, RFC 3339 in UTC.
	Time string `json:"time" schema:"format=date-time"`
	// Mode is live for a running host, root for a tree of files.
	Mode string `json:"mode" schema:"enum=live|root"`
	// Areas say for each area where its facts come from and whether they are complete.
	Areas []Area `json:"areas"`
	// Calls are the D-Bus methods that were called, each once, in alphabetical order.
	Calls []string `json:"calls"`
	// Commands are the read-only commands that were run.
	Commands []string `json:"commands"`
}

// Area is one area of facts and its source. An area that is unknown must never be read as empty.
type Area struct {
	// Name is the area, as the top-level fields of the snapshot with dots for parts (network.live).
	Name string `json:"name"`
	// Status is known (complete), partial (some of it could not be read) or unknown (nothing could).
	Status string `json:"status" schema:"enum=known|partial|unknown"`
	// Source is where the facts come from.
	Source string `json:"source" schema:"enum=packagekit|dpkg-status|systemd|networkmanager|netlink|file|command|none"`
	// Detail says in words what is missing or why a fallback was taken.
	Detail string `json:"detail,omitempty"`
}

// Host is the identity of the machine.
type Host struct {
	// Name is the host name without domain; it is the PVE node name.
	Name string `json:"name"`
	// Domain is the DNS domain, where one is set.
	Domain string `json:"domain,omitempty"`
	// MachineID is systemd's machine id.
	MachineID string `json:"machine_id,omitempty"`
	// OS is ID and VERSION_ID of os-release, as in "debian 12".
	OS string `json:"os,omitempty"`
	// Codename is VERSION_CODENAME of os-release.
	Codename string `json:"codename,omitempty"`
	// Kernel is the release of the running kernel.
	Kernel string `json:"kernel,omitempty"`
	// Arch is the machine's architecture, as uname names it.
	Arch string `json:"arch,omitempty"`
	// Chassis is hostname1's word for the kind of machine.
	Chassis string `json:"chassis,omitempty"`
	// Virtualization is what systemd detected, "none" on bare metal.
	Virtualization string `json:"virtualization,omitempty"`
	// PVEVersion is the version of pve-manager.
	PVEVersion string `json:"pve_version,omitempty"`
	// PVEMajor is the major version of PVE.
	PVEMajor int `json:"pve_major,omitempty"`
	// HostID is the 8 hexadecimal digits of /etc/hostid as ZFS reads them.
	HostID string `json:"hostid,omitempty"`
}

// Package is a Debian package.
type Package struct {
	_ struct{} `schema:"account"`
	// Name is the package name without architecture.
	Name string `json:"name"`
	// Version is the full Debian version.
	Version string `json:"version"`
	// Arch is the Debian architecture.
	Arch string `json:"arch"`
	// Status is installed, config-files (removed, configuration left) or broken.
	Status string `json:"status" schema:"enum=installed|config-files|broken"`
	// Auto is true when the package was installed as a dependency.
	Auto bool `json:"auto"`
	// Held is true when the package manager must not change it.
	Held bool `json:"held,omitempty"`
	// Origin is the repository that the version comes from; absent when it is in no known repository.
	Origin string `json:"origin,omitempty"`
}

// Repository is one package source.
type Repository struct {
	_ struct{} `schema:"account"`
	// ID names the source: PackageKit's id, or type, URI and suite.
	ID string `json:"id"`
	// Enabled is false for a source that is switched off.
	Enabled bool `json:"enabled"`
	// Format is one-line (sources.list) or deb822 (.sources).
	Format string `json:"format" schema:"enum=one-line|deb822"`
	// Types are deb and deb-src.
	Types []string `json:"types"`
	// URIs are the addresses, user and password removed.
	URIs []string `json:"uris"`
	// Suites are the distributions.
	Suites []string `json:"suites"`
	// Components are main, contrib, pve-no-subscription …
	Components []string `json:"components"`
	// SignedBy is the key file, where one is named.
	SignedBy string `json:"signed_by,omitempty"`
	// Source is path:line.
	Source string `json:"source,omitempty"`
}

// Unit is a systemd unit.
type Unit struct {
	_ struct{} `schema:"account"`
	// Name is the full unit name with its type.
	Name string `json:"name"`
	// Description is the unit's own.
	Description string `json:"description,omitempty"`
	// LoadState is systemd's: loaded, not-found, masked, error …; absent for a file that is not loaded.
	LoadState string `json:"load_state,omitempty"`
	// ActiveState is systemd's: active, inactive, failed …
	ActiveState string `json:"active_state,omitempty"`
	// SubState is systemd's: running, exited, dead …
	SubState string `json:"sub_state,omitempty"`
	// FileState is systemd's UnitFileState: enabled, disabled, static, masked, generated …
	FileState string `json:"file_state,omitempty"`
	// FragmentPath is the unit file.
	FragmentPath string `json:"fragment_path,omitempty"`
	// DropIns are the paths of the drop-in files, in the order in which they apply.
	DropIns []string `json:"drop_ins"`
}

// Property is one key with its value from a configuration file.
type Property struct {
	_ struct{} `schema:"account"`
	// Key is the name as the reader of the file knows it.
	Key string `json:"key"`
	// Value is the text; absent when it is a secret.
	Value *string `json:"value,omitempty"`
	// Secret stands for a value that never enters a snapshot.
	Secret *Secret `json:"secret,omitempty"`
	// Fields are the parts of a property string (net0, scsi0 …), the default key named.
	Fields []Field `json:"fields"`
	// Unknown is true when PVE's schema does not have the key.
	Unknown bool `json:"unknown,omitempty"`
	// Source is path:line.
	Source string `json:"source,omitempty"`
}

// Field is one part of a property string.
type Field struct {
	// Name is the key of the part.
	Name string `json:"name"`
	// Value is the text of the part; of a secret part, absent.
	Value *string `json:"value,omitempty"`
	// Secret stands for a value that never enters a snapshot.
	Secret *Secret `json:"secret,omitempty"`
}

// Secret stands for a value that never enters a snapshot.
type Secret struct {
	// Secret is always true.
	Secret bool `json:"secret" schema:"const=true"`
	// SHA256Prefix is the first 8 hexadecimal digits of the value's SHA-256, to notice a change.
	SHA256Prefix string `json:"sha256_prefix"`
	// Path is the file that holds the value.
	Path string `json:"path"`
}

// Section is one section of a PVE section config: "type: id" and its properties.
type Section struct {
	_ struct{} `schema:"account"`
	// Type is the word before the colon.
	Type string `json:"type"`
	// ID is the name of the section.
	ID string `json:"id"`
	// Implicit is true for a section that PVE's reader adds although the file has none.
	Implicit bool `json:"implicit,omitempty"`
	// Properties are the lines of the section.
	Properties []Property `json:"properties"`
	// Source is path:line.
	Source string `json:"source,omitempty"`
}

// Anomaly is a place in a file that its reader understands otherwise than the text suggests.
type Anomaly struct {
	_ struct{} `schema:"account"`
	// Kind is a stable word: swallowed-section, duplicate-key, dropped-key, crlf …
	Kind string `json:"kind"`
	// Detail says what was found.
	Detail string `json:"detail"`
	// Source is path:line.
	Source string `json:"source"`
}

// File is a file that was read.
type File struct {
	// Path is absolute, as seen from the captured root.
	Path string `json:"path"`
	// SHA256 is the digest of the content; absent for files that hold secrets and for those of procfs.
	SHA256 string `json:"sha256,omitempty"`
	// Mode is the permission bits in octal.
	Mode string `json:"mode"`
	// UID and GID are the owner.
	UID int `json:"uid"`
	GID int `json:"gid"`
}

// Problem is something that could not be captured.
type Problem struct {
	_ struct{} `schema:"account"`
	// Area is the area that suffers.
	Area string `json:"area"`
	// Source is the file, service or call.
	Source string `json:"source"`
	// Error is what went wrong.
	Error string `json:"error"`
}
