package snapshot

// System is the Debian system below PVE.
type System struct {
	// Boot is how the system starts.
	Boot Boot `json:"boot"`
	// Users are the lines of /etc/passwd.
	Users []OSUser `json:"users"`
	// Groups are the lines of /etc/group.
	Groups []OSGroup `json:"groups"`
	// AuthorizedKeys are the public keys that may log in, without the keys themselves.
	AuthorizedKeys []AuthorizedKey `json:"authorized_keys"`
	// SSHD are the lines of sshd_config and its directory.
	SSHD []Property `json:"sshd" diff:"ordered"`
	// Cron are the jobs of cron.
	Cron []CronEntry `json:"cron"`
	// Sysctl are the lines of sysctl.conf and sysctl.d below /etc.
	Sysctl []Property `json:"sysctl"`
	// ModulesLoad are the modules of /etc/modules and modules-load.d.
	ModulesLoad []Property `json:"modules_load"`
	// Modprobe are the lines of modprobe.d below /etc; the key is the command and module (options kvm).
	Modprobe []Property `json:"modprobe"`
	// Subordinate are the lines of subuid and subgid; the key is uid or gid, the value the line.
	Subordinate []Property `json:"subordinate"`
	// Mail are the lines of postfix's main.cf.
	Mail []Property `json:"mail"`
	// MailName is the first line of /etc/mailname, the domain that mail of Debian is sent from.
	MailName string `json:"mail_name,omitempty"`
	// NTP are the directives of chrony, or the servers of timesyncd.
	NTP []Property `json:"ntp"`
	// TimeZone is the zone's name.
	TimeZone string `json:"time_zone,omitempty"`
	// Locale is LANG.
	Locale string `json:"locale,omitempty"`
	// Keymap is the console's keyboard layout.
	Keymap string `json:"keymap,omitempty"`
	// Clock is what timedate1 says of the clock.
	Clock Clock `json:"clock"`
	// Login is what login1 does when nobody asks.
	Login Login `json:"login"`
	// Machines are what machine1 knows as running.
	Machines []Machine `json:"machines"`
	// Containers are containers of Docker and Podman, from their files.
	Containers []AppContainer `json:"containers"`
}

// Clock is what timedate1 says of the clock.
type Clock struct {
	// NTP is true when the time is kept by a service that timedate1 knows, Synchronized when the kernel says that it is.
	NTP          bool `json:"ntp"`
	Synchronized bool `json:"synchronized"`
	// LocalRTC is true when the clock of the board is not in UTC.
	LocalRTC bool `json:"local_rtc"`
}

// Login is what login1 does when nobody asks.
type Login struct {
	// PowerKey and LidSwitch are what these do: poweroff, suspend, ignore …
	PowerKey  string `json:"power_key,omitempty"`
	LidSwitch string `json:"lid_switch,omitempty"`
	// IdleAction is what happens when nobody does anything.
	IdleAction string `json:"idle_action,omitempty"`
	// KillUserProcesses is true when what a user left running ends with the session.
	KillUserProcesses bool `json:"kill_user_processes"`
	// Lingering are the users whose services run without a session.
	Lingering []string `json:"lingering"`
	// Sessions is the number of sessions.
	Sessions int `json:"sessions"`
}

// Machine is what machine1 knows as running.
type Machine struct {
	_ struct{} `key:"name"`
	// Name is the machine, Class vm or container.
	Name  string `json:"name"`
	Class string `json:"class"`
	// Service is who registered it: libvirt-lxc, systemd-nspawn …
	Service string `json:"service,omitempty"`
}

// AppContainer is a container of Docker or Podman.
type AppContainer struct {
	_ struct{} `schema:"account" key:"engine name"`
	// Engine is docker or podman.
	Engine string `json:"engine" schema:"enum=docker|podman"`
	// Name is the container, Image what it was made of.
	Name  string `json:"name"`
	Image string `json:"image"`
	// Restart is the policy: no, always, unless-stopped, on-failure.
	Restart string `json:"restart,omitempty"`
	// Running is true when it ran when its engine last wrote its state.
	Running bool `json:"running"`
	// Network is the mode of its network.
	Network string `json:"network,omitempty"`
	// Mounts are the paths of the host, or the names of volumes, that it uses.
	Mounts []string `json:"mounts"`
	// Ports are published ports as address:port/protocol.
	Ports []string `json:"ports"`
	// Privileged is true when it may do what root may.
	Privileged bool `json:"privileged"`
	// Source is the file.
	Source string `json:"source"`
}

// Boot is how the system starts.
type Boot struct {
	// Loader is the boot loader that PVE uses; absent when it could not be learnt.
	Loader string `json:"loader,omitempty" schema:"enum=grub|systemd-boot|other"`
	// ESPs are the file-system UUIDs that proxmox-boot-tool keeps.
	ESPs []string `json:"esps"`
	// KernelParameters are those of the running kernel, or of the loader's configuration in root mode.
	KernelParameters []Property `json:"kernel_parameters"`
	// Kernels are the installed kernel releases.
	Kernels []string `json:"kernels"`
	// PinnedKernel is the release that proxmox-boot-tool keeps as default, NextKernel the one for the next boot only.
	PinnedKernel string `json:"pinned_kernel,omitempty"`
	NextKernel   string `json:"next_kernel,omitempty"`
	// Entries are the entries of systemd-boot on the system partitions that are mounted.
	Entries []LoaderEntry `json:"entries"`
	// LoaderDefault is the pattern of the entry that systemd-boot starts, as in proxmox-*.
	LoaderDefault string `json:"loader_default,omitempty"`
	// Initrd is what makes the initial RAM disk: initramfs-tools or dracut.
	Initrd string `json:"initrd,omitempty"`
}

// LoaderEntry is an entry of systemd-boot.
type LoaderEntry struct {
	_ struct{} `key:"source"`
	// Title, Version, Kernel and Initrd are the lines of the entry.
	Title   string `json:"title,omitempty"`
	Version string `json:"version,omitempty"`
	Kernel  string `json:"kernel"`
	Initrd  string `json:"initrd,omitempty"`
	// Source is the file.
	Source string `json:"source"`
}

// OSUser is a line of /etc/passwd.
type OSUser struct {
	_ struct{} `schema:"account" key:"name"`
	// Name is the login.
	Name string `json:"name"`
	// UID and GID are the ids.
	UID int `json:"uid"`
	GID int `json:"gid"`
	// Gecos is the comment.
	Gecos string `json:"gecos,omitempty"`
	// Home is the home directory.
	Home string `json:"home"`
	// Shell is the login shell.
	Shell string `json:"shell"`
	// Password is set, locked, none, or unknown when shadow could not be read.
	Password string `json:"password" schema:"enum=set|locked|none|unknown"`
	// Source is path:line.
	Source string `json:"source,omitempty"`
}

// OSGroup is a line of /etc/group.
type OSGroup struct {
	_ struct{} `schema:"account" key:"name"`
	// Name is the group.
	Name string `json:"name"`
	// GID is its id.
	GID int `json:"gid"`
	// Members are its members.
	Members []string `json:"members"`
	// Source is path:line.
	Source string `json:"source,omitempty"`
}

// AuthorizedKey is a public key that may log in.
type AuthorizedKey struct {
	_ struct{} `schema:"account" key:"user fingerprint"`
	// User is whose account it opens.
	User string `json:"user"`
	// Type is the key's algorithm.
	Type string `json:"type"`
	// Fingerprint is SHA256:….
	Fingerprint string `json:"fingerprint"`
	// Node is NAME where the comment is root@NAME, as PVE's keys between nodes have it.
	Node string `json:"node,omitempty"`
	// Source is path:line.
	Source string `json:"source,omitempty"`
}

// CronEntry is a job of cron.
type CronEntry struct {
	_ struct{} `schema:"account" key:"user schedule program"`
	// Schedule is the five fields, or @daily and the like.
	Schedule string `json:"schedule"`
	// User runs it.
	User string `json:"user"`
	// Program is the first word of the command; the rest may hold secrets and is not kept.
	Program string `json:"program"`
	// Command stands for the whole command line.
	Command *Secret `json:"command,omitempty"`
	// Backup is, of a job of vzdump.cron, what its command line says; absent where PVE could not read it either.
	Backup *CronBackup `json:"backup,omitempty"`
	// Source is path:line.
	Source string `json:"source,omitempty"`
}

// CronBackup is a backup job as vzdump.cron has it.
type CronBackup struct {
	// Enabled is false for a job that is switched off.
	Enabled bool `json:"enabled"`
	// Options are the options of vzdump by name, vmid for the guests among them.
	Options []Field `json:"options"`
}
