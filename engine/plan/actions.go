package plan

import (
	"errors"
	"fmt"
	"path"
	"regexp"
	"strings"
)

// kinds is the closed set of actions: nothing else can be in a plan, and what a
// step of a plan does is in this list.
var kinds = []kind{
	kindOf[SaveFiles](), kindOf[SavePartitions](), kindOf[SaveVolumeGroup](), kindOf[SavePool](), kindOf[SaveDatabase](),
	kindOf[CreateRoot](), kindOf[MountRoot](), kindOf[ImportClosure](), kindOf[CarryFiles](), kindOf[InstallGuard](), kindOf[UnmountRoot](),
	kindOf[StageBoot](), kindOf[StageKernel](), kindOf[CloneRoot](), kindOf[ArmTrial](), kindOf[Reboot](), kindOf[SetDefault](), kindOf[SetCephFlag](), kindOf[EndCephFlag](), kindOf[SetMaintenance](), kindOf[StartUnits](), kindOf[StartJobs](), kindOf[InstallPackages](),
}

// SaveFiles copies files of PVE's root and of its ESPs into the checkpoint, with their hashes.
type SaveFiles struct {
	// Paths are files or folders; one that does not exist is noted as such.
	Paths []string `json:"paths"`
	// ESPs are saved whole, their big files as hashes alone.
	ESPs []ESP `json:"esps"`
}

// Kind implements Action.
func (SaveFiles) Kind() string { return "save-files" }

// Check implements Action.
func (a SaveFiles) Check() error { return each(a.Paths, absolute) }

// Describe implements Action.
func (a SaveFiles) Describe() Description {
	uuids := make([]string, len(a.ESPs))
	for i, e := range a.ESPs {
		uuids[i] = e.UUID
	}
	what := "Copy the boot files into the checkpoint, those that there are of " + strings.Join(a.Paths, ", ")
	if len(uuids) > 0 {
		what += "; and what lies on " + counted("the EFI system partition", uuids)
	}
	return Description{
		Do:      what,
		Undo:    "Nothing: the checkpoint stays",
		Verify:  "Each copy has the SHA-256 of its file",
		Touches: []string{"the checkpoint"}, Seconds: 2,
	}
}

// SavePartitions copies the partition tables of disks into the checkpoint.
type SavePartitions struct {
	// Disks are device files, /dev/sda.
	Disks []string `json:"disks"`
}

// Kind implements Action.
func (SavePartitions) Kind() string { return "save-partitions" }

// Check implements Action.
func (a SavePartitions) Check() error { return each(a.Disks, device) }

// Describe implements Action.
func (a SavePartitions) Describe() Description {
	return Description{
		Do:      "Copy " + counted("the partition table", a.Disks, "of") + " into the checkpoint",
		Undo:    "Nothing: the checkpoint stays",
		Verify:  "The copies are read back",
		Touches: []string{"the checkpoint"}, Seconds: 1,
	}
}

// SaveVolumeGroup writes the metadata of an LVM volume group into the checkpoint.
type SaveVolumeGroup struct {
	Group string `json:"group"`
}

// Kind implements Action.
func (SaveVolumeGroup) Kind() string { return "save-volume-group" }

// Check implements Action.
func (a SaveVolumeGroup) Check() error { return matches("volume group", volumeName, a.Group) }

// Describe implements Action.
func (a SaveVolumeGroup) Describe() Description {
	return Description{
		Do:      fmt.Sprintf("Write the metadata of volume group %s into the checkpoint", a.Group),
		Undo:    "Nothing: the checkpoint stays",
		Verify:  "The copy names the group and all its volumes",
		Touches: []string{"the checkpoint"}, Seconds: 1,
	}
}

// SavePool writes the properties of a ZFS pool and of its data sets into the checkpoint.
type SavePool struct {
	Pool string `json:"pool"`
}

// Kind implements Action.
func (SavePool) Kind() string { return "save-pool" }

// Check implements Action.
func (a SavePool) Check() error { return matches("pool", datasetName, a.Pool) }

// Describe implements Action.
func (a SavePool) Describe() Description {
	return Description{
		Do:      fmt.Sprintf("Write the properties of pool %s and its data sets into the checkpoint", a.Pool),
		Undo:    "Nothing: the checkpoint stays",
		Verify:  "The copy names the pool",
		Touches: []string{"the checkpoint"}, Seconds: 2,
	}
}

// SaveDatabase makes a consistent copy of a SQLite database with the backup of SQLite itself.
type SaveDatabase struct {
	Path string `json:"path"`
}

// Kind implements Action.
func (SaveDatabase) Kind() string { return "save-database" }

// Check implements Action.
func (a SaveDatabase) Check() error { return absolute(a.Path) }

// Describe implements Action.
func (a SaveDatabase) Describe() Description {
	return Description{
		Do:      fmt.Sprintf("Copy the database %s into the checkpoint while it is in use", a.Path),
		Undo:    "Nothing: the checkpoint stays",
		Verify:  "SQLite finds the copy sound",
		Touches: []string{"the checkpoint"}, Seconds: 2,
	}
}

// CreateRoot makes the side root: a new data set, logical volume or subvolume.
type CreateRoot struct {
	Layout Layout `json:"layout"`
}

// Kind implements Action.
func (CreateRoot) Kind() string { return "create-root" }

// Check implements Action.
func (a CreateRoot) Check() error { return a.Layout.check() }

// Describe implements Action.
func (a CreateRoot) Describe() Description {
	what := a.Layout.words()
	return Description{
		Do:      "Create " + what,
		Undo:    "Remove " + what + ", if this run created it",
		Verify:  "It exists, is empty, and carries the mark of this run",
		Touches: []string{what + " (new)"}, Seconds: 10,
	}
}

// MountRoot mounts the side root where only this run looks.
type MountRoot struct {
	Layout Layout `json:"layout"`
}

// Kind implements Action.
func (MountRoot) Kind() string { return "mount-root" }

// Check implements Action.
func (a MountRoot) Check() error { return a.Layout.check() }

// Describe implements Action.
func (a MountRoot) Describe() Description {
	return Description{
		Do:      fmt.Sprintf("Mount %s at %s", a.Layout.words(), RootAt),
		Undo:    "Unmount it",
		Verify:  "It is mounted there, and nothing else is",
		Touches: []string{RootAt + " (mount point)"}, Seconds: 1,
	}
}

// ImportClosure copies a built NixOS into the side root and makes it the system of the new root.
type ImportClosure struct{}

// Kind implements Action.
func (ImportClosure) Kind() string { return "import-closure" }

// Check implements Action.
func (ImportClosure) Check() error { return nil }

// Describe implements Action.
func (ImportClosure) Describe() Description {
	return Description{
		Do:      "Copy the closure that --closure names into the side root",
		Undo:    "Goes with the side root",
		Verify:  "Every path of the closure is there, and the system profile leads to the one that was built",
		Touches: []string{"the side root"}, Seconds: 180,
	}
}

// CarryFiles copies state of the host into the side root: keys, ids, certificates, databases.
type CarryFiles struct {
	Files []CarriedFile `json:"files"`
}

// CarriedFile is a file or folder that goes along.
type CarriedFile struct {
	From string `json:"from"`
	// To is the path below the new root.
	To string `json:"to"`
	// Mode are the permission bits of a file, in octal: 0600.
	Mode string `json:"mode"`
	// Secret says that its content must not be seen anywhere else.
	Secret bool `json:"secret"`
}

// Kind implements Action.
func (CarryFiles) Kind() string { return "carry-files" }

// Check implements Action.
func (a CarryFiles) Check() error {
	for _, f := range a.Files {
		if err := errors.Join(absolute(f.From), absolute(f.To), matches("mode", octal, f.Mode)); err != nil {
			return err
		}
	}
	return nil
}

// Describe implements Action.
func (a CarryFiles) Describe() Description {
	return Description{
		Do:      fmt.Sprintf("Copy %d files and folders of this host into the side root", len(a.Files)),
		Undo:    "Goes with the side root",
		Verify:  "Each copy has the SHA-256 of its file, and the owner and mode of the plan",
		Touches: []string{"the side root"}, Seconds: 5,
	}
}

// InstallGuard puts into the side root what ends a trial: this program, the baseline, and the hash of the word that commits.
type InstallGuard struct{}

// Kind implements Action.
func (InstallGuard) Kind() string { return "install-guard" }

// Check implements Action.
func (InstallGuard) Check() error { return nil }

// Describe implements Action.
func (InstallGuard) Describe() Description {
	return Description{
		Do:      "Put the guard of the trial into the side root: this program, the snapshot, the plan, and the deadline",
		Undo:    "Goes with the side root",
		Verify:  "The program has the SHA-256 of the one that runs, and answers",
		Touches: []string{"the side root"}, Seconds: 2,
	}
}

// UnmountRoot writes the side root out and unmounts it.
type UnmountRoot struct{}

// Kind implements Action.
func (UnmountRoot) Kind() string { return "unmount-root" }

// Check implements Action.
func (UnmountRoot) Check() error { return nil }

// Describe implements Action.
func (UnmountRoot) Describe() Description {
	return Description{
		Do:      "Write the side root out and unmount it",
		Undo:    "Nothing",
		Verify:  "Nothing is mounted at " + RootAt,
		Touches: []string{}, Seconds: 5,
	}
}

// StageBoot puts kernel and initial RAM disk of the new system where the firmware or GRUB can read them, and an entry that nothing chooses yet.
type StageBoot struct {
	Boot   Boot   `json:"boot"`
	Layout Layout `json:"layout"`
}

// Kind implements Action.
func (StageBoot) Kind() string { return "stage-boot" }

// Check implements Action.
func (a StageBoot) Check() error { return errors.Join(a.Boot.check(), a.Layout.check()) }

// Describe implements Action.
func (a StageBoot) Describe() Description {
	return Description{
		Do:      "Put kernel and initial RAM disk on the ESP, with an entry that is not the default: " + a.Boot.words(),
		Undo:    "Remove these files and the entry",
		Verify:  "The files are read back with their SHA-256, and the default is what it was",
		Touches: a.Boot.touches(), Seconds: 15,
	}
}

// StageKernel puts Proxmox VE's kernel beside that of the new system: an entry more, with the same root, that nothing chooses.
type StageKernel struct {
	Boot   Boot   `json:"boot"`
	Kernel Kernel `json:"kernel"`
}

// Kind implements Action.
func (StageKernel) Kind() string { return "stage-kernel" }

// Check implements Action.
func (a StageKernel) Check() error { return errors.Join(a.Boot.check(), a.Kernel.check()) }

// Describe implements Action.
func (a StageKernel) Describe() Description {
	return Description{
		Do: fmt.Sprintf("Copy the kernel %s and its modules into the side root, and make an entry that starts NixOS with it: %s",
			a.Kernel.Version, a.Boot.kernelWords()),
		Undo:    "Remove the entry and what it starts; the copy goes with the side root",
		Verify:  "The files are read back with their SHA-256. Where there is no room for them the run goes on without, and the journal says so",
		Touches: append(a.Boot.kernelTouches(), "the side root"), Seconds: 60,
	}
}

// Wanted implements Optional.
func (StageKernel) Wanted() {}

// CloneRoot makes a copy-on-write clone of Proxmox VE's own root, and a second one that nothing writes to: its start. The root
// itself is not written.
type CloneRoot struct {
	Clone Clone `json:"clone"`
}

// Kind implements Action.
func (CloneRoot) Kind() string { return "clone-root" }

// Check implements Action.
func (a CloneRoot) Check() error { return a.Clone.Check() }

// Describe implements Action.
func (a CloneRoot) Describe() Description {
	what := a.Clone.words()
	return Description{
		Do:      "Make " + what + ", and keep its start beside it",
		Undo:    "Remove " + what + " and its start, if this run made them",
		Verify:  "Both exist and carry the mark of this run",
		Touches: []string{what + " (new)"}, Seconds: 5,
	}
}

// ArmTrial chooses the new system for the next boot alone.
type ArmTrial struct {
	Boot Boot `json:"boot"`
}

// Kind implements Action.
func (ArmTrial) Kind() string { return "arm-trial" }

// Check implements Action.
func (a ArmTrial) Check() error { return a.Boot.check() }

// Describe implements Action.
func (a ArmTrial) Describe() Description {
	return Description{
		Do:      "Choose the new system for the next boot alone",
		Undo:    "Take the choice back",
		Verify:  "The choice is read back, and the default is what it was",
		Touches: []string{a.Boot.once()}, Seconds: 1,
	}
}

// Reboot asks logind for a restart of the machine.
type Reboot struct{}

// Kind implements Action.
func (Reboot) Kind() string { return "reboot" }

// Check implements Action.
func (Reboot) Check() error { return nil }

// Describe implements Action.
func (Reboot) Describe() Description {
	return Description{
		Do:      "Restart the machine into the trial",
		Undo:    "A restart leads back to Proxmox VE",
		Verify:  "The trial answers, or Proxmox VE does after the deadline",
		Touches: []string{"the machine: it restarts"}, Seconds: 180,
	}
}

// SetDefault makes the new system the default; the entries of PVE stay.
type SetDefault struct {
	Boot Boot `json:"boot"`
}

// Kind implements Action.
func (SetDefault) Kind() string { return "set-default" }

// Check implements Action.
func (a SetDefault) Check() error { return a.Boot.check() }

// Describe implements Action.
func (a SetDefault) Describe() Description {
	return Description{
		Do:      "Make the new system the default of the boot loader",
		Undo:    "Make Proxmox VE the default again",
		Verify:  "The default is read back",
		Touches: []string{a.Boot.standing()}, Seconds: 1,
	}
}

// SetCephFlag sets a flag of the cluster's Ceph, so that it does not rebalance while the host is away.
type SetCephFlag struct {
	Flag string `json:"flag" schema:"enum=noout|norebalance"`
}

// Kind implements Action.
func (SetCephFlag) Kind() string { return "set-ceph-flag" }

// Check implements Action.
func (a SetCephFlag) Check() error {
	if a.Flag != "noout" && a.Flag != "norebalance" {
		return fmt.Errorf("flag %q: noout and norebalance are the ones that are set", a.Flag)
	}
	return nil
}

// Describe implements Action.
func (a SetCephFlag) Describe() Description {
	return Description{
		Do:      fmt.Sprintf("Set the flag %s of Ceph; after a commit it stays, for you to unset", a.Flag),
		Undo:    "Unset it, if it was not set before",
		Verify:  "The flags of the OSD map have it",
		Touches: []string{"the OSD map of Ceph"}, Seconds: 2,
	}
}

// EndCephFlag unsets a flag of Ceph that the run has set, once the OSDs of this host are back. A commit does not depend on it.
type EndCephFlag struct {
	Flag string `json:"flag" schema:"enum=noout|norebalance"`
	// Set is the step that has set it; its state says whether it was set before.
	Set string `json:"set"`
	// OSDs are the numbers of those of this host.
	OSDs []int `json:"osds"`
}

// Kind implements Action.
func (EndCephFlag) Kind() string { return "end-ceph-flag" }

// Check implements Action.
func (a EndCephFlag) Check() error {
	for _, osd := range a.OSDs {
		if osd < 0 {
			return fmt.Errorf("%d is no number of an OSD", osd)
		}
	}
	return errors.Join(SetCephFlag{a.Flag}.Check(), matches("step", stepID, a.Set))
}

// Describe implements Action.
func (a EndCephFlag) Describe() Description {
	return Description{
		Do:      fmt.Sprintf("When the OSDs of this host are up, unset the flag %s of Ceph, if this run set it", a.Flag),
		Undo:    "Nothing: without the flag Ceph looks after its data itself",
		Verify:  "The flags of the OSD map lack it; where that fails the commit stands, and status says so",
		Touches: []string{"the OSD map of Ceph"}, Seconds: 60,
	}
}

// Wanted implements Optional.
func (EndCephFlag) Wanted() {}

// SetMaintenance puts this node into the maintenance mode of PVE's HA manager.
type SetMaintenance struct {
	Node string `json:"node"`
}

// Kind implements Action.
func (SetMaintenance) Kind() string { return "set-maintenance" }

// Check implements Action.
func (a SetMaintenance) Check() error { return matches("node", nodeName, a.Node) }

// Describe implements Action.
func (a SetMaintenance) Describe() Description {
	return Description{
		Do:      fmt.Sprintf("Put %s into the maintenance mode of the HA manager; it stays in it after a commit", a.Node),
		Undo:    "Take it out again, if it was not in it before",
		Verify:  "The status of the HA manager says so",
		Touches: []string{"the state of the HA manager in /etc/pve/ha"}, Seconds: 15,
	}
}

// StartUnits starts units one after the other.
type StartUnits struct {
	Units []string `json:"units"`
}

// Kind implements Action.
func (StartUnits) Kind() string { return "start-units" }

// Check implements Action.
func (a StartUnits) Check() error {
	return each(a.Units, func(u string) error { return matches("unit", unitName, u) })
}

// Describe implements Action.
func (a StartUnits) Describe() Description {
	return Description{
		Do:      "Start " + strings.Join(a.Units, ", "),
		Undo:    "Stop what this step started, in the opposite order",
		Verify:  "systemd says that they are active, or on their way: guests may take longer than a commit waits",
		Touches: []string{"the state of " + counted("the unit", a.Units)}, Seconds: 60,
	}
}

// StartJobs starts units that do jobs by the clock. A commit does not depend on them.
type StartJobs struct {
	Units []string `json:"units"`
}

// Kind implements Action.
func (StartJobs) Kind() string { return "start-jobs" }

// Check implements Action.
func (a StartJobs) Check() error { return StartUnits(a).Check() }

// Describe implements Action.
func (a StartJobs) Describe() Description {
	return Description{
		Do:      "Start what does jobs by the clock: " + strings.Join(a.Units, ", "),
		Undo:    "Stop what this step started",
		Verify:  "systemd says that they are active; where that fails the commit stands, and the journal says so",
		Touches: []string{"running units"}, Seconds: 2,
	}
}

// Wanted implements Optional.
func (StartJobs) Wanted() {}

// InstallPackages installs packages of PVE's own distribution, with PackageKit. A conversion has no need of any: it is for tools that a host lacks.
type InstallPackages struct {
	Packages []string `json:"packages"`
}

// Kind implements Action.
func (InstallPackages) Kind() string { return "install-packages" }

// Check implements Action.
func (a InstallPackages) Check() error {
	if len(a.Packages) == 0 {
		return errors.New("no package is named")
	}
	return each(a.Packages, func(p string) error { return matches("package", packageName, p) })
}

// Describe implements Action.
func (a InstallPackages) Describe() Description {
	list := strings.Join(a.Packages, ", ")
	return Description{
		Do:      "Install " + list + " with PackageKit, if that changes no other package",
		Undo:    "Remove what this step installed, if that changes no other package; their configuration files stay",
		Verify:  "PackageKit says that they are installed",
		Touches: []string{"packages of Proxmox VE's root"}, Seconds: 60,
	}
}

// Places that every run uses, on the system where the step is taken.
const (
	// StateAt is where runs, their journals and checkpoints lie.
	StateAt = "/var/lib/pve2nix"
	// RootAt is where the side root is mounted while it is filled.
	RootAt = "/run/pve2nix/root"
	// ConfigurationAt is the file of a system that was built which names the configuration of the plan that it belongs to.
	ConfigurationAt = "/etc/pve2nix/configuration"
	// BootAt is the folder on an ESP that belongs to this program, for GRUB; firmware entries lie below /EFI/pve2nix.
	BootAt = "/pve2nix"
)

func (l Layout) check() error {
	switch l.Kind {
	case "zfs":
		return errors.Join(matches("data set", datasetName, l.Source), matches("data set", datasetName, l.Root), within(l.Source, l.Root))
	case "lvm-thin", "lvm":
		if l.Bytes < 1<<30 {
			return fmt.Errorf("layout: %d bytes are no root", l.Bytes)
		}
		group, pool, _ := strings.Cut(l.Source, "/")
		err := matches("volume group", volumeName, group)
		if l.Kind == "lvm-thin" {
			err = errors.Join(err, matches("thin pool", volumeName, pool))
		} else if pool != "" {
			err = errors.Join(err, fmt.Errorf("layout: %q is no volume group", l.Source))
		}
		name, ok := strings.CutPrefix(l.Root, "/dev/"+group+"/")
		if !ok {
			return errors.Join(err, fmt.Errorf("layout: %q is not in the group %q", l.Root, group))
		}
		return errors.Join(err, matches("volume", volumeName, name))
	case "btrfs":
		return errors.Join(device(l.Source), matches("subvolume", subvolumeName, l.Subvolume))
	case "none":
		return errors.New("layout: there is no place for a side root")
	}
	return fmt.Errorf("layout: kind %q is not known", l.Kind)
}

// Check refuses what no clone of this tool is.
func (c Clone) Check() error {
	switch c.Kind {
	case "zfs":
		if path.Dir(c.Source) != path.Dir(c.Root) || c.Source == c.Root {
			return fmt.Errorf("clone: %q is not beside %q", c.Root, c.Source)
		}
		return errors.Join(matches("data set", datasetName, c.Source), matches("data set", datasetName, c.Root))
	case "lvm-thin":
		group, volume, _ := strings.Cut(c.Source, "/")
		name, ok := strings.CutPrefix(c.Root, "/dev/"+group+"/")
		if !ok || name == volume {
			return fmt.Errorf("clone: %q is no other volume of the group %q", c.Root, group)
		}
		return errors.Join(matches("volume group", volumeName, group), matches("volume", volumeName, volume), matches("volume", volumeName, name))
	case "btrfs":
		err := errors.Join(device(c.Source), matches("subvolume", subvolumeName, c.Subvolume))
		if c.Of != "" {
			err = errors.Join(err, each(strings.Split(c.Of, "/"), func(part string) error { return matches("subvolume", subvolumePart, part) }))
		}
		if c.Of == c.Subvolume {
			err = errors.Join(err, fmt.Errorf("clone: %q is what is cloned", c.Subvolume))
		}
		return err
	}
	return fmt.Errorf("clone: kind %q is not known", c.Kind)
}

// Group is the volume group of LVM.
func (c Clone) Group() string { group, _, _ := strings.Cut(c.Source, "/"); return group }

// StartSuffix ends the name of a clone's start.
const StartSuffix = "-start"

func (c Clone) words() string {
	switch c.Kind {
	case "zfs":
		return fmt.Sprintf("the data set %s as a clone of %s", c.Root, c.Source)
	case "lvm-thin":
		return fmt.Sprintf("the thin volume %s as a snapshot of %s", c.Root, c.Source)
	case "btrfs":
		return fmt.Sprintf("the subvolume %s on %s as a snapshot of Proxmox VE's root", c.Subvolume, c.Source)
	}
	return "nothing"
}

// Volume is the name of the logical volume of the side root.
func (l Layout) Volume() string { return path.Base(l.Root) }

// Group and pool of LVM.
func (l Layout) Group() string { group, _, _ := strings.Cut(l.Source, "/"); return group }

// counted names things, in the plural where there are several: "the units a, b".
func counted(what string, names []string, link ...string) string {
	if len(names) > 1 {
		what += "s"
	}
	return strings.Join(append(append([]string{what}, link...), strings.Join(names, ", ")), " ")
}

func (l Layout) words() string {
	switch l.Kind {
	case "zfs":
		return "the data set " + l.Root
	case "lvm-thin", "lvm":
		return fmt.Sprintf("the logical volume %s of %d GiB", l.Root, l.Bytes>>30)
	case "btrfs":
		return fmt.Sprintf("the subvolume %s on %s", l.Subvolume, l.Source)
	}
	return "nothing"
}

func (b Boot) check() error {
	if b.Kind != "systemd-boot" && b.Kind != "grub-uefi" && b.Kind != "grub-bios" {
		return fmt.Errorf("boot: kind %q is not known", b.Kind)
	}
	if len(b.ESPs) == 0 {
		return errors.New("boot: there is no EFI system partition")
	}
	for _, e := range b.ESPs {
		if err := matches("ESP", espUUID, e.UUID); err != nil {
			return err
		}
		if e.Partition != "" || b.Kind == "grub-uefi" {
			if err := matches("partition", guid, e.Partition); err != nil {
				return err
			}
		}
	}
	if b.Config != "" {
		return absolute(b.Config)
	}
	return nil
}

func (b Boot) words() string {
	switch b.Kind {
	case "systemd-boot":
		return "an entry of systemd-boot"
	case "grub-uefi":
		return "a unified kernel image that the firmware starts"
	}
	return "an entry of GRUB in custom.cfg"
}

func (b Boot) touches() []string {
	switch b.Kind {
	case "systemd-boot":
		return []string{"ESP:/EFI/pve2nix (new)", "ESP:/loader/entries/pve2nix.conf (new)"}
	case "grub-uefi":
		return []string{"ESP:/EFI/pve2nix (new)", "an EFI variable Boot#### (new, not in BootOrder)"}
	}
	config := "ESP:"
	if b.Config != "" {
		config = b.Config
	}
	return []string{"ESP:" + BootAt + " (new)", config + "/custom.cfg (new)"}
}

func (b Boot) kernelWords() string {
	switch b.Kind {
	case "systemd-boot":
		return "in the menu of systemd-boot"
	case "grub-uefi":
		return "a unified kernel image for the boot menu of the firmware"
	}
	return "in the menu of GRUB"
}

func (b Boot) kernelTouches() []string {
	switch b.Kind {
	case "systemd-boot":
		return []string{"ESP:/EFI/pve2nix/kernel (new)", "ESP:/loader/entries/pve2nix-kernel.conf (new)"}
	case "grub-uefi":
		return []string{"ESP:/EFI/pve2nix/kernel.efi (new)", "an EFI variable Boot#### (new, not in BootOrder)"}
	}
	return []string{"ESP:" + BootAt + "/kernel (new)"}
}

func (k Kernel) check() error {
	err := errors.Join(
		matches("kernel", kernelVersion, k.Version),
		each(k.Modules, func(m string) error { return matches("module", moduleName, m) }),
		each(k.Parameters, func(p string) error { return matches("parameter of the kernel", kernelParameter, p) }),
	)
	if err == nil && len(k.Modules) == 0 {
		err = errors.New("kernel: there are no modules to find the root with")
	}
	return err
}

func (b Boot) once() string {
	switch b.Kind {
	case "systemd-boot":
		return "the EFI variable LoaderEntryOneShot"
	case "grub-uefi":
		return "the EFI variable BootNext"
	}
	return "ESP:" + BootAt + "/grubenv"
}

func (b Boot) standing() string {
	switch b.Kind {
	case "systemd-boot":
		return "the EFI variable LoaderEntryDefault"
	case "grub-uefi":
		return "the EFI variable BootOrder"
	}
	return "ESP:" + BootAt + "/grubenv"
}

// What names may look like. Plans come from files: a name that would be read as an option, or leave its folder, is refused here.
var (
	volumeName    = regexp.MustCompile(`^[A-Za-z0-9_+.][A-Za-z0-9_+.-]{0,126}$`)
	datasetName   = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_.:-]*(/[A-Za-z0-9][A-Za-z0-9_.:-]*)*$`)
	subvolumeName = regexp.MustCompile(`^@?[A-Za-z0-9][A-Za-z0-9_.-]{0,62}$`)
	subvolumePart = regexp.MustCompile(`^[A-Za-z0-9@][A-Za-z0-9_.@-]{0,254}$`)
	devicePath    = regexp.MustCompile(`^/dev/[A-Za-z0-9][A-Za-z0-9_.:+-]*(/[A-Za-z0-9][A-Za-z0-9_.:+-]*)*$`)
	espUUID       = regexp.MustCompile(`^[0-9A-F]{4}-[0-9A-F]{4}$`)
	guid          = regexp.MustCompile(`^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`)
	nodeName      = regexp.MustCompile(`^[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?$`)
	stepID        = regexp.MustCompile(`^[a-z][a-z0-9.-]{0,63}$`)
	unitName      = regexp.MustCompile(`^[A-Za-z0-9:_.\\@-]{1,255}\.(service|target|timer|socket|mount)$`)
	packageName   = regexp.MustCompile(`^[a-z0-9][a-z0-9+.-]{1,127}$`)
	kernelVersion = regexp.MustCompile(`^[0-9]+\.[0-9][A-Za-z0-9.+_~-]{0,62}$`)
	moduleName    = regexp.MustCompile(`^[A-Za-z0-9_-]{1,64}$`)
	// kernelParameter has nothing that a boot loader or the kernel would quote.
	kernelParameter = regexp.MustCompile(`^[A-Za-z0-9_.-]{1,64}(=[A-Za-z0-9_.,:/@+-]{1,255})?$`)
	octal           = regexp.MustCompile(`^0[0-7]{3}$`)
)

func matches(what string, pattern *regexp.Regexp, value string) error {
	if !pattern.MatchString(value) {
		return fmt.Errorf("%q is no name of a %s", value, what)
	}
	return nil
}

func each(list []string, check func(string) error) error {
	for _, v := range list {
		if err := check(v); err != nil {
			return err
		}
	}
	return nil
}

// absolute accepts a clean absolute path of printable characters.
func absolute(p string) error {
	if !strings.HasPrefix(p, "/") || path.Clean(p) != p || p == "/" || strings.ContainsFunc(p, func(r rune) bool { return r < ' ' || r == 0x7f }) {
		return fmt.Errorf("%q is no clean absolute path", p)
	}
	return nil
}

func device(p string) error { return matches("device", devicePath, p) }

func within(pool, dataset string) error {
	if !strings.HasPrefix(dataset, pool+"/") {
		return fmt.Errorf("%q is not below %q", dataset, pool)
	}
	return nil
}
