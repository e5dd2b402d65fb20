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
	// Updates are newer versions that the package manager knows of.
	Updates []PackageUpdate `json:"updates"`
	// Repositories are the configured package sources.
	Repositories []Repository `json:"repositories"`
	// RepositoryKeys are the keys that apt trusts.
	RepositoryKeys []RepositoryKey `json:"repository_keys"`
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
	// ConfigFiles are configuration files that are read line by line and have no place of their own in this model.
	ConfigFiles []ConfigFile `json:"config_files"`
	// LocalFiles are files that make this host differ from what its packages install, and that were not looked into.
	LocalFiles []LocalFile `json:"local_files"`
	// Certificates are the X.509 certificates that the host presents or trusts of its own.
	Certificates []Certificate `json:"certificates"`
	// Files are the files that were read for facts. Configuration files that are only compared with the checksum of their
	// package, and lists of packages' files, are not among them.
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
	_ struct{} `key:"name"`
	// Name is the area, as the top-level fields of the snapshot with dots for parts (network.live).
	Name string `json:"name"`
	// Status is known (complete), partial (some of it could not be read) or unknown (nothing could).
	Status string `json:"status" schema:"enum=known|partial|unknown"`
	// Source is where the facts come from.
	Source string `json:"source" schema:"enum=packagekit|dpkg-status|systemd|networkmanager|dbus|netlink|ovsdb|database|file|command|none"`
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
	// Vendor, Product and Board are what the firmware says of the machine, FirmwareVersion and FirmwareDate of itself.
	Vendor          string `json:"vendor,omitempty"`
	Product         string `json:"product,omitempty"`
	Board           string `json:"board,omitempty"`
	FirmwareVersion string `json:"firmware_version,omitempty"`
	FirmwareDate    string `json:"firmware_date,omitempty"`
	// HostID is the 8 hexadecimal digits of /etc/hostid as ZFS reads them.
	HostID string `json:"hostid,omitempty"`
}

// Package is a Debian package.
type Package struct {
	_ struct{} `schema:"account" key:"name arch"`
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
	// PulledInBy is, of an automatic package, the wanted one whose dependencies lead here on the shortest way, the first
	// in alphabetical order of several; absent where nothing installed needs it.
	PulledInBy string `json:"pulled_in_by,omitempty"`
	// PVE is true for proxmox-ve and what it depends on, directly or not.
	PVE bool `json:"pve,omitempty"`
}

// PackageUpdate is a newer version that the package manager knows of.
type PackageUpdate struct {
	_ struct{} `key:"name arch"`
	// Name is the package.
	Name string `json:"name"`
	// Version is the newer version.
	Version string `json:"version"`
	// Arch is the Debian architecture.
	Arch string `json:"arch"`
	// Kind is PackageKit's word for it: security, bugfix, enhancement, normal …
	Kind string `json:"kind"`
}

// RepositoryKey is a file of keys that apt trusts.
type RepositoryKey struct {
	_ struct{} `key:"path"`
	// Path is the file.
	Path string `json:"path"`
	// Global is true when it is trusted for every source, rather than for those that name it.
	Global bool `json:"global"`
}

// Repository is one package source.
type Repository struct {
	_ struct{} `schema:"account" key:"id"`
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
	_ struct{} `schema:"account" key:"name"`
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
	// Detail is what the unit does and when; absent for units of distribution packages that are neither enabled nor running.
	Detail *UnitDetail `json:"detail,omitempty"`
}

// UnitDetail is what a unit does and when. On a running host systemd tells it, in a tree the files.
type UnitDetail struct {
	// After, Wants, Requires and Conflicts are units, in alphabetical order.
	After     []string `json:"after"`
	Wants     []string `json:"wants"`
	Requires  []string `json:"requires"`
	Conflicts []string `json:"conflicts"`
	// WantedBy are the units that pull this one in.
	WantedBy []string `json:"wanted_by"`
	// Commands are what a service runs.
	Commands []UnitCommand `json:"commands"`
	// Listen are the addresses of a socket, as in "stream /run/dbus/system_bus_socket" or "stream [::]:22".
	Listen []string `json:"listen"`
	// Timers are when a timer elapses, as in "OnCalendar=daily".
	Timers []string `json:"timers"`
	// Triggers are the units that a socket, timer or path starts.
	Triggers []string `json:"triggers"`
	// User and Group run the service, where set.
	User  string `json:"user,omitempty"`
	Group string `json:"group,omitempty"`
	// Settings are the lines of the unit file and its drop-ins, the key with its section (Service.ExecStart), in the order in
	// which they apply; only of units that do not come unchanged from a package of the distribution's own directories.
	Settings []Setting `json:"settings"`
}

// UnitCommand is a command line of a service.
type UnitCommand struct {
	_ struct{} `key:"when program"`
	// When is the setting: ExecStart, ExecStartPre, ExecStop …
	When string `json:"when"`
	// Program is the first word, without systemd's prefixes.
	Program string `json:"program"`
	// Arguments are the others; absent, with Secret in their place, where one looks like a secret.
	Arguments []string `json:"arguments"`
	// Secret stands for arguments that never enter a snapshot.
	Secret *Secret `json:"secret,omitempty"`
}

// Setting is a line of a configuration file that the ledger does not account for by itself, because the file or the unit
// that holds it is accounted for as a whole.
type Setting struct {
	_ struct{} `key:"key"`
	// Key is the name, with its section where there are any.
	Key string `json:"key"`
	// Value is the text; absent when it is a secret.
	Value *string `json:"value,omitempty"`
	// Secret stands for a value that never enters a snapshot.
	Secret *Secret `json:"secret,omitempty"`
	// Source is path:line.
	Source string `json:"source,omitempty"`
}

// Property is one key with its value from a configuration file.
type Property struct {
	_ struct{} `schema:"account" key:"key"`
	// Key is the name as the reader of the file knows it.
	Key string `json:"key"`
	// Value is the text; absent when it is a secret.
	Value *string `json:"value,omitempty"`
	// Secret stands for a value that never enters a snapshot.
	Secret *Secret `json:"secret,omitempty"`
	// Fields are the parts of a property string (net0, scsi0 …), the default key named.
	Fields []Field `json:"fields" diff:"derived"`
	// Unknown is true when PVE's schema does not have the key.
	Unknown bool `json:"unknown,omitempty"`
	// Source is path:line.
	Source string `json:"source,omitempty"`
}

// Field is one part of a property string.
type Field struct {
	_ struct{} `key:"name"`
	// Name is the key of the part.
	Name string `json:"name"`
	// Value is the text of the part; of a secret part, absent.
	Value *string `json:"value,omitempty"`
	// Secret stands for a value that never enters a snapshot.
	Secret *Secret `json:"secret,omitempty"`
}

// Secret stands for a value that never enters a snapshot.
type Secret struct {
	_ struct{} `diff:"whole"`
	// Secret is always true.
	Secret bool `json:"secret" schema:"const=true"`
	// SHA256Prefix is the first 8 hexadecimal digits of the value's SHA-256, to notice a change.
	SHA256Prefix string `json:"sha256_prefix"`
	// Path is the file that holds the value.
	Path string `json:"path"`
}

// Section is one section of a PVE section config: "type: id" and its properties.
type Section struct {
	_ struct{} `schema:"account" key:"type id"`
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
	_ struct{} `schema:"account" key:"kind"`
	// Kind is a stable word: swallowed-section, duplicate-key, dropped-key, crlf …
	Kind string `json:"kind"`
	// Detail says what was found.
	Detail string `json:"detail"`
	// Source is path:line.
	Source string `json:"source"`
}

// ConfigFile is a configuration file with its lines. A file that is as its package brought it is none, except where its
// defaults matter.
type ConfigFile struct {
	_ struct{} `schema:"account" key:"path"`
	// Path is the file.
	Path string `json:"path"`
	// Format is the syntax that it was read in.
	Format string `json:"format" schema:"enum=ini|shell|words|colon|blocks|lines|json"`
	// Properties are its lines in order; the key holds the sections or blocks around it, joined by dots, those of apt by ::.
	// Of several sections or blocks of one name, where each is a thing of its own, the second is name.2; peers of WireGuard
	// are counted from Peer.1 on.
	Properties []Property `json:"properties"`
}

// LocalFile is a file that makes a host differ from what its packages install. Its content is no fact; whether it is
// needed is for its owner to say.
type LocalFile struct {
	_ struct{} `schema:"account" key:"path"`
	// Path is the file, or the directory where all of it is local.
	Path string `json:"path"`
	// Kind is file, link, directory or script (a file that begins with #! or is executable).
	Kind string `json:"kind" schema:"enum=file|link|directory|script"`
	// State is local for a file of no package, changed for a configuration file that differs from the package's, and missing
	// for one that was deleted.
	State string `json:"state" schema:"enum=local|changed|missing"`
	// Package is the package that the file belongs to, where it is changed or missing.
	Package string `json:"package,omitempty"`
	// Target is where a link leads.
	Target string `json:"target,omitempty"`
	// Started is, for a script of init.d, whether a runlevel of a running system starts it.
	Started string `json:"started,omitempty" schema:"enum=yes|no"`
}

// Certificate is an X.509 certificate. Its key is never read.
type Certificate struct {
	_ struct{} `schema:"account" key:"path"`
	// Path is the file, and the first certificate in it where it holds a chain.
	Path string `json:"path"`
	// Subject and Issuer are distinguished names as RFC 2253 writes them.
	Subject string `json:"subject"`
	Issuer  string `json:"issuer"`
	// Names are the host names and addresses that it is for.
	Names []string `json:"names"`
	// NotBefore and NotAfter are when it is valid, RFC 3339 in UTC.
	NotBefore string `json:"not_before" schema:"format=date-time"`
	NotAfter  string `json:"not_after" schema:"format=date-time"`
	// Fingerprint is the SHA-256 of the certificate, pairs of hexadecimal digits joined by colons, as PVE shows it.
	Fingerprint string `json:"fingerprint"`
	// Authority is true for the certificate of an authority.
	Authority bool `json:"authority"`
	// KeyAlgorithm is RSA, ECDSA or Ed25519.
	KeyAlgorithm string `json:"key_algorithm"`
}

// File is a file that was read.
type File struct {
	_ struct{} `key:"path"`
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
	_ struct{} `schema:"account" key:"area source"`
	// Area is the area that suffers.
	Area string `json:"area"`
	// Source is the file, service or call.
	Source string `json:"source"`
	// Error is what went wrong.
	Error string `json:"error"`
}
