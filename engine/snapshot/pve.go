package snapshot

// Guest is a virtual machine or container.
type Guest struct {
	_ struct{} `schema:"account" key:"type vmid node"`
	// VMID is the id, unique in the cluster.
	VMID int `json:"vmid"`
	// Type is qemu or lxc.
	Type string `json:"type" schema:"enum=qemu|lxc"`
	// Node is the node that owns it.
	Node string `json:"node"`
	// Local is true when that node is this host.
	Local bool `json:"local"`
	// Config is the current configuration, all keys.
	Config []Property `json:"config"`
	// Pending are changes that wait for a restart.
	Pending []Property `json:"pending"`
	// Snapshots are the snapshot sections.
	Snapshots []GuestSnapshot `json:"snapshots"`
	// Special are sections such as special:cloudinit and unknown ones.
	Special []GuestSnapshot `json:"special"`
	// Anomalies are places where the file does not mean what it says.
	Anomalies []Anomaly `json:"anomalies"`
	// Source is the path of the configuration.
	Source string `json:"source"`
	// Running says whether a virtual machine of this host has a process; absent for containers, which are units, for guests
	// of others, and where it could not be learnt.
	Running *bool `json:"running,omitempty"`
}

// GuestSnapshot is a named section of a guest configuration.
type GuestSnapshot struct {
	_ struct{} `schema:"account" key:"name"`
	// Name is the section's.
	Name string `json:"name"`
	// Config are its keys.
	Config []Property `json:"config"`
}

// Cluster is corosync, the nodes, HA and replication.
type Cluster struct {
	// Name is the name of the cluster; absent on a standalone host.
	Name string `json:"name,omitempty"`
	// Nodes are the members.
	Nodes []ClusterNode `json:"nodes"`
	// Links are the numbers of the corosync links.
	Links []int `json:"links"`
	// QDevice is the host of the quorum device, where there is one.
	QDevice string `json:"qdevice,omitempty"`
	// Corosync are the lines of corosync.conf; the key is the path of blocks, list members numbered from 0 (nodelist.node.0.name).
	Corosync []Property `json:"corosync"`
	// HAResources, HAGroups and HARules are the sections of /etc/pve/ha.
	HAResources []Section `json:"ha_resources"`
	HAGroups    []Section `json:"ha_groups"`
	HARules     []Section `json:"ha_rules"`
	// Replication are the jobs of replication.cfg.
	Replication []Section `json:"replication"`
	// Quorate is what pmxcfs says of the running cluster; absent where it does not run.
	Quorate *bool `json:"quorate,omitempty"`
	// HAState is what the HA manager has last decided: the state of each service.
	HAState []HAServiceState `json:"ha_state"`
	// HAManager is the node that was manager last.
	HAManager string `json:"ha_manager,omitempty"`
	// Fencing is true when there is a file of fence devices.
	Fencing bool `json:"fencing"`
}

// HAServiceState is the state of a service in the file of the HA manager.
type HAServiceState struct {
	_ struct{} `key:"id"`
	// ID is the service, vm:100.
	ID string `json:"id"`
	// State is started, stopped, error, fence, freeze …
	State string `json:"state"`
	// Node is where it is.
	Node string `json:"node,omitempty"`
}

// ClusterNode is a member of the cluster.
type ClusterNode struct {
	_ struct{} `schema:"account" key:"name"`
	// Name is the node.
	Name string `json:"name"`
	// ID is its corosync id; 0 where corosync does not name the node.
	ID int `json:"id"`
	// Votes are its votes.
	Votes int `json:"votes"`
	// Addresses are its link addresses, link 0 first.
	Addresses []string `json:"addresses"`
	// Local is true for this host.
	Local bool `json:"local"`
	// Online is what pmxcfs says of the running cluster; absent where it does not run.
	Online *bool `json:"online,omitempty"`
	// HAState is what the HA manager has last written of it: online, maintenance, fence, unknown, gone.
	HAState string `json:"ha_state,omitempty"`
	// HAMode is what its own part of HA is about: active, restart, shutdown, maintenance.
	HAMode string `json:"ha_mode,omitempty"`
	// Config are the lines of its file /etc/pve/nodes/NAME/config.
	Config []Property `json:"config"`
}

// Access is who may do what in the PVE API.
type Access struct {
	// Users are the records of user.cfg.
	Users []AccessUser `json:"users"`
	// Groups are the groups.
	Groups []AccessGroup `json:"groups"`
	// Roles are the roles that are not built in.
	Roles []AccessRole `json:"roles"`
	// ACLs are the permissions.
	ACLs []ACL `json:"acls"`
	// Tokens are the API tokens, without their values.
	Tokens []AccessToken `json:"tokens"`
	// Pools are the resource pools.
	Pools []Pool `json:"pools"`
	// Realms are the sections of domains.cfg, with the implicit ones.
	Realms []Section `json:"realms"`
	// Anomalies are places where user.cfg and domains.cfg do not mean what they say.
	Anomalies []Anomaly `json:"anomalies"`
}

// AccessUser is a user of the API.
type AccessUser struct {
	_ struct{} `schema:"account" key:"id"`
	// ID is user@realm.
	ID string `json:"id"`
	// Enabled is false for a user who may not log in.
	Enabled bool `json:"enabled"`
	// Expire is seconds since 1970, 0 for never.
	Expire int64 `json:"expire"`
	// TwoFactor is true when a second factor is set up.
	TwoFactor bool `json:"two_factor"`
	// Source is path:line.
	Source string `json:"source,omitempty"`
}

// AccessGroup is a group of users.
type AccessGroup struct {
	_ struct{} `schema:"account" key:"id"`
	// ID is the group.
	ID string `json:"id"`
	// Users are its members.
	Users []string `json:"users"`
	// Source is path:line.
	Source string `json:"source,omitempty"`
}

// AccessRole is a set of privileges.
type AccessRole struct {
	_ struct{} `schema:"account" key:"id"`
	// ID is the role.
	ID string `json:"id"`
	// Privileges are its privileges.
	Privileges []string `json:"privileges"`
	// Source is path:line.
	Source string `json:"source,omitempty"`
}

// ACL is a permission.
type ACL struct {
	_ struct{} `schema:"account" key:"path"`
	// Path is the object.
	Path string `json:"path"`
	// Propagate is true when it holds below the path too.
	Propagate bool `json:"propagate"`
	// Subjects are users, tokens and @groups.
	Subjects []string `json:"subjects"`
	// Roles are what they get.
	Roles []string `json:"roles"`
	// Source is path:line.
	Source string `json:"source,omitempty"`
}

// AccessToken is an API token.
type AccessToken struct {
	_ struct{} `schema:"account" key:"id"`
	// ID is user@realm!token.
	ID string `json:"id"`
	// PrivilegeSeparation is true when it has permissions of its own.
	PrivilegeSeparation bool `json:"privilege_separation"`
	// Expire is seconds since 1970, 0 for never.
	Expire int64 `json:"expire"`
	// Source is path:line.
	Source string `json:"source,omitempty"`
}

// Pool is a resource pool.
type Pool struct {
	_ struct{} `schema:"account" key:"id"`
	// ID is the pool.
	ID string `json:"id"`
	// Guests are vmids.
	Guests []string `json:"guests"`
	// Storages are storage ids.
	Storages []string `json:"storages"`
	// Source is path:line.
	Source string `json:"source,omitempty"`
}

// Datacenter is /etc/pve/datacenter.cfg.
type Datacenter struct {
	// Options are its lines.
	Options []Property `json:"options"`
	// Anomalies are places where it does not mean what it says.
	Anomalies []Anomaly `json:"anomalies"`
}

// Jobs are scheduled PVE jobs and the defaults of backups.
type Jobs struct {
	// Scheduled are the sections of jobs.cfg.
	Scheduled []Section `json:"scheduled"`
	// VzdumpCron are the jobs of the older vzdump.cron.
	VzdumpCron []CronEntry `json:"vzdump_cron"`
	// VzdumpDefaults are the lines of vzdump.conf.
	VzdumpDefaults []Property `json:"vzdump_defaults"`
}

// ACME is accounts and plugins for certificates.
type ACME struct {
	// Accounts are the names of the accounts.
	Accounts []string `json:"accounts"`
	// Plugins are the sections of priv/acme/plugins.cfg, without what they hold of credentials.
	Plugins []Section `json:"plugins"`
}
