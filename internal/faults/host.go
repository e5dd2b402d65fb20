package faults

import (
	"context"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/godbus/dbus/v5"
	"golang.org/x/sys/unix"

	"github.com/pve2nix/pve2nix/engine/execute"
	"github.com/pve2nix/pve2nix/engine/execute/grubenv"
	"github.com/pve2nix/pve2nix/engine/plan"
)

// A Host is a machine that looks like a Proxmox VE to a conversion: a root with
// boot files, a guest's volume, an ESP, and stand-ins of the programs and services
// that a run asks. It is filled with stand-in files, not with Proxmox's own.
type Host struct {
	*Machine
	Layout plan.Layout
	Boot   plan.Boot
	// Clone is the clone of the root; its kind is empty where there can be none.
	Clone  plan.Clone
	Params execute.Params
}

const (
	espUUID   = "3F1B-9C2A"
	partition = "0f8e7d6c-5b4a-4938-8271-605040302010"
	// The second of a mirror: what the firmware started.
	mirrorUUID      = "7A60-11FE"
	mirrorPartition = "1f8e7d6c-5b4a-4938-8271-605040302011"
	toplevel        = "/nix/store/0123456789abcdfghijklmnpqrsvwxyz-nixos-system-pve-25.11"
	kernelOut       = "/nix/store/1123456789abcdfghijklmnpqrsvwxyz-linux-6.12"
)

// ESPs are the devices of the host's EFI system partitions; the firmware has started the second.
var ESPs = []string{"/dev/disk/by-uuid/" + espUUID, "/dev/disk/by-uuid/" + mirrorUUID}

// Layouts and BootPaths are the kinds of hosts that NewHost makes.
var (
	Layouts   = []string{"zfs", "lvm-thin", "lvm", "btrfs"}
	BootPaths = []string{"grub-bios", "grub-bios-on-esp", "grub-uefi", "systemd-boot"}
)

// NewHost makes a host in a folder.
func NewHost(dir, layout, boot string) (*Host, error) {
	h, err := OpenHost(dir, layout, boot)
	if err != nil {
		return nil, err
	}
	return h, h.fill()
}

// OpenHost is the host in a folder that NewHost has filled.
func OpenHost(dir, layout, boot string) (*Host, error) {
	m, err := New(dir)
	if err != nil {
		return nil, err
	}
	h := &Host{Machine: m, Params: execute.Params{
		Host: "pve", Snapshot: strings.Repeat("a", 64), Configuration: strings.Repeat("b", 64), Plan: strings.Repeat("c", 64), Tool: "test",
		Toplevel: toplevel, Closure: "/mnt/closure", Deadline: 900, Word: strings.Repeat("d", 64), Program: "/usr/local/bin/pve2nix",
	}}
	switch layout {
	case "zfs":
		h.Layout = plan.Layout{Kind: layout, Source: "rpool", Root: "rpool/ROOT/nixos", Type: "zfs"}
		h.Clone = plan.Clone{Kind: "zfs", Source: "rpool/ROOT/pve-1", Root: "rpool/ROOT/companion"}
	case "lvm-thin":
		h.Layout = plan.Layout{Kind: layout, Source: "pve/data", Root: "/dev/pve/nixos", Type: "ext4", Bytes: 32 << 30}
		h.Clone = plan.Clone{Kind: "lvm-thin", Source: "pve/root", Root: "/dev/pve/companion"}
	case "lvm":
		h.Layout = plan.Layout{Kind: layout, Source: "pve", Root: "/dev/pve/nixos", Type: "ext4", Bytes: 32 << 30}
	case "btrfs":
		h.Layout = plan.Layout{Kind: layout, Source: "/dev/sda3", Root: "/dev/sda3", Subvolume: "@nixos", Type: "btrfs"}
		h.Clone = plan.Clone{Kind: "btrfs", Source: "/dev/sda3", Of: "@", Root: "/dev/sda3", Subvolume: "@companion"}
	default:
		return nil, fmt.Errorf("layout %q", layout)
	}
	h.Boot = plan.Boot{Kind: boot, ESPs: []plan.ESP{{UUID: espUUID, Partition: partition}, {UUID: mirrorUUID, Partition: mirrorPartition}}}
	switch boot {
	case "grub-bios":
		h.Boot.ESPs = h.Boot.ESPs[:1]
		h.Boot.Config = "/boot/grub"
	case "grub-bios-on-esp":
		h.Boot.Kind = "grub-bios"
	}
	m.Commands, m.System = commands, systemBus
	return h, nil
}

// fill writes the files of the host.
func (h *Host) fill() error {
	esp, err := h.Device("/dev/disk/by-uuid/" + espUUID)
	if err != nil {
		return err
	}
	mirror, err := h.Device("/dev/disk/by-uuid/" + mirrorUUID)
	if err != nil {
		return err
	}
	databases, err := standInDatabases()
	if err != nil {
		return err
	}
	started, err := hex.DecodeString(strings.ReplaceAll("6c7d8e1f-4a5b-3849-8271-605040302011", "-", "")) // mirrorPartition as the firmware has it
	if err != nil {
		return err
	}
	guest, err := h.Device("/dev/pve/vm-100-disk-0")
	if err != nil {
		return err
	}
	top, err := h.Device("/dev/sda3")
	if err != nil {
		return err
	}
	stub, err := minimalStub()
	if err != nil {
		return err
	}
	const menu = "menuentry 'Proxmox VE' { linux /boot/vmlinuz }\nif [ -f ${config_directory}/custom.cfg ]; then\n source ${config_directory}/custom.cfg\nfi\n"
	root, store := h.Dir(), filepath.Join(h.Dir(), "mnt/closure")
	for name, text := range map[string]string{
		root + "/boot/grub/grub.cfg":                                         menu,
		root + "/boot/grub/grubenv":                                          "",
		root + "/boot/vmlinuz-6.8.12-11-pve":                                 "kernel",
		root + "/lib/modules/6.8.12-11-pve/modules.dep":                      "kernel/drivers/scsi/sd_mod.ko: kernel/drivers/scsi/scsi_mod.ko\nkernel/drivers/scsi/scsi_mod.ko:\nkernel/sound/snd.ko:\n",
		root + "/lib/modules/6.8.12-11-pve/kernel/drivers/scsi/sd_mod.ko":    "disks",
		root + "/lib/modules/6.8.12-11-pve/kernel/drivers/scsi/scsi_mod.ko":  "scsi",
		root + "/lib/modules/6.8.12-11-pve/kernel/sound/snd.ko":              "sound",
		root + "/etc/hostname":                                               "pve\n",
		root + "/etc/ssh/ssh_host_ed25519_key":                               "KEY\n",
		root + "/etc/passwd":                                                 "root:x:0:0::/root:/bin/bash\n",
		root + "/var/lib/pve-cluster/config.db":                              databases.cluster,
		root + "/boot/grub/custom.cfg":                                       "menuentry 'Memory test' { linux16 /boot/memtest }",
		root + "/usr/local/bin/pve2nix":                                      "#!program",
		root + "/proc/sys/kernel/random/boot_id":                             "5b0fa0ff-5b4a-4938-8271-605040302010\n",
		root + "/sys/devices/disk/sda/sda2/partition":                        "2\n",
		root + "/sys/devices/disk/sda/sda2/start":                            "2048\n",
		root + "/sys/devices/disk/sda/sda2/size":                             "1048576\n",
		root + "/sys/devices/disk/sda/queue/logical_block_size":              "512\n",
		root + "/dev/sda2":                                                   "",
		root + "/dev/sda":                                                    strings.Repeat("partition table ", 64),
		root + "/sys/firmware/efi/efivars/BootOrder-" + globalGUID:           "\x00\x00\x01\x00",
		root + "/sys/firmware/efi/efivars/Boot0000-" + globalGUID:            "proxmox " + string(started),
		root + "/sys/firmware/efi/efivars/BootCurrent-" + globalGUID:         "\x00\x00",
		root + "/sys/firmware/efi/efivars/LoaderFeatures-" + loaderGUID:      "\x7f\x00\x00\x00\x00\x00\x00\x00",
		root + "/sys/devices/disk/sdb/sdb2/partition":                        "2\n",
		root + "/sys/devices/disk/sdb/sdb2/start":                            "2048\n",
		root + "/sys/devices/disk/sdb/sdb2/size":                             "1048576\n",
		root + "/sys/devices/disk/sdb/queue/logical_block_size":              "4096\n",
		root + "/dev/sdb2":                                                   "",
		esp + "/EFI/proxmox/grubx64.efi":                                     "grub",
		esp + "/loader/loader.conf":                                          "timeout 3\ndefault proxmox-*\n",
		esp + "/loader/entries/proxmox-6.8.12-11-pve.conf":                   "title Proxmox VE\n",
		esp + "/grub/grub.cfg":                                               menu,
		mirror + "/EFI/proxmox/grubx64.efi":                                  "grub",
		mirror + "/loader/loader.conf":                                       "timeout 3\ndefault proxmox-*\n",
		mirror + "/loader/entries/proxmox-6.8.12-11-pve.conf":                "title Proxmox VE\n",
		mirror + "/grub/grub.cfg":                                            menu,
		mirror + "/grub/custom.cfg":                                          "set color_normal=white/black\n",
		top + "/@/etc/hostname":                                              "pve\n",
		guest + "/content":                                                   strings.Repeat("somebody's data", 1000),
		store + kernelOut + "/bzImage":                                       strings.Repeat("NixOS kernel", 3000),
		store + toplevel + "/init":                                           "#!init",
		store + toplevel + "/activate":                                       "#!activate",
		store + toplevel + "/initrd":                                         strings.Repeat("initrd", 5000) + strings.Repeat("\x00", 300<<10),
		store + toplevel + "/etc/hostid":                                     "\x17\x2a\x3c\x0b",
		root + "/proc/sys/kernel/spl/hostid":                                 "b3c2a17\n",
		store + toplevel + "/kernel-params":                                  "loglevel=4 dyndbg=\"module x +p\"\n",
		store + toplevel + "/systemd/lib/systemd/boot/efi/linuxx64.efi.stub": string(stub),
		store + "/nix/store/.lock":                                           "",
		store + "/nix/var/nix/db/db.sqlite":                                  databases.store,
		store + "/nix/var/nix/db/schema":                                     "10",
	} {
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			return err
		}
	}
	if h.Layout.Kind == "btrfs" { // one without a custom.cfg
		if err := os.Remove(root + "/boot/grub/custom.cfg"); err != nil {
			return err
		}
	}
	block, err := grubenv.Block(nil).Format()
	if err != nil {
		return err
	}
	for _, err := range []error{
		os.WriteFile(root+"/boot/grub/grubenv", block, 0o600),
		os.Chmod(root+"/etc/ssh/ssh_host_ed25519_key", 0o600),
		os.Chmod(root+"/usr/local/bin/pve2nix", 0o755),
		os.Chmod(store+toplevel+"/init", 0o755),
		unix.Setxattr(root+"/etc/passwd", "user.note", []byte("kept"), 0),
		os.MkdirAll(root+"/run", 0o755),
		os.MkdirAll(root+"/sys/class/block", 0o755),
		os.MkdirAll(root+"/dev/disk/by-partuuid", 0o755),
		os.Symlink("../../devices/disk/sda/sda2", root+"/sys/class/block/sda2"),
		os.Symlink("../../sda2", root+"/dev/disk/by-partuuid/"+partition),
		os.Symlink("../../devices/disk/sdb/sdb2", root+"/sys/class/block/sdb2"),
		os.Symlink("../../sdb2", root+"/dev/disk/by-partuuid/"+mirrorPartition),
		os.Symlink(kernelOut+"/bzImage", store+toplevel+"/kernel"),
	} {
		if err != nil && !errors.Is(err, fs.ErrExist) {
			return err
		}
	}
	return nil
}

const (
	globalGUID = "8be4df61-93ca-11d2-aa0d-00e098032b8c"
	loaderGUID = "4a67b082-0a4c-41cf-b6c7-440b29bb8c4f"
)

// standIns are databases as a host and a Nix store have them.
type standIns struct{ cluster, store string }

// standInDatabases are made once: SQLite itself writes them.
var standInDatabases = sync.OnceValues(func() (out standIns, err error) {
	for _, d := range []struct {
		to     *string
		script string
	}{
		{&out.cluster, "CREATE TABLE tree (inode INTEGER PRIMARY KEY, parent INTEGER, name TEXT, data BLOB); INSERT INTO tree VALUES (0, 0, '__version__', NULL)"},
		{&out.store, fmt.Sprintf(`CREATE TABLE ValidPaths (id INTEGER PRIMARY KEY, path TEXT UNIQUE NOT NULL, narSize INTEGER);
			CREATE TABLE Refs (referrer INTEGER NOT NULL, reference INTEGER NOT NULL);
			INSERT INTO ValidPaths VALUES (1, '%s', 370000), (2, '%s', 36000); INSERT INTO Refs VALUES (1, 1), (1, 2)`, toplevel, kernelOut)},
	} {
		pool, err := sql.Open("sqlite", ":memory:")
		if err != nil {
			return out, err
		}
		pool.SetMaxOpenConns(1)
		conn, err := pool.Conn(context.Background())
		if err != nil {
			return out, err
		}
		_, err = conn.ExecContext(context.Background(), d.script)
		err = errors.Join(err, conn.Raw(func(c any) error {
			image, err := c.(interface{ Serialize() ([]byte, error) }).Serialize()
			*d.to = string(image)
			return err
		}), conn.Close(), pool.Close())
		if err != nil {
			return out, err
		}
	}
	return out, nil
})

// Steps are those of a whole conversion up to the restart.
func (h *Host) Steps() ([]plan.Step, error) {
	var out []plan.Step
	var storage, clone plan.Action
	if h.Clone.Kind != "" {
		clone = plan.CloneRoot{Clone: h.Clone}
	}
	switch h.Layout.Kind {
	case "zfs":
		storage = plan.SavePool{Pool: "rpool"}
	case "lvm", "lvm-thin":
		storage = plan.SaveVolumeGroup{Group: "pve"}
	}
	for _, s := range []struct {
		id, where string
		action    plan.Action
	}{
		{"checkpoint.files", plan.OnPVE, plan.SaveFiles{Paths: []string{"/boot/grub", "/etc/default/grub"}, ESPs: h.Boot.ESPs}},
		{"checkpoint.disks", plan.OnPVE, plan.SavePartitions{Disks: []string{"/dev/sda"}}},
		{"checkpoint.storage", plan.OnPVE, storage},
		{"checkpoint.database", plan.OnPVE, plan.SaveDatabase{Path: "/var/lib/pve-cluster/config.db"}},
		{"root.create", plan.OnPVE, plan.CreateRoot{Layout: h.Layout}},
		{"root.mount", plan.OnPVE, plan.MountRoot{Layout: h.Layout}},
		{"install.closure", plan.OnPVE, plan.ImportClosure{}},
		{"install.state", plan.OnPVE, plan.CarryFiles{Files: []plan.CarriedFile{
			{From: "/etc/ssh/ssh_host_ed25519_key", To: "/etc/ssh/ssh_host_ed25519_key", Mode: "0600", Secret: true},
			{From: "/var/lib/pve-cluster/config.db", To: "/var/lib/pve-cluster/config.db", Mode: "0600", Secret: true},
			{From: "/etc/passwd", To: "/var/lib/pve2nix/etc/passwd", Mode: "0644"},
		}}},
		{"ceph.noout", plan.OnPVE, plan.SetCephFlag{Flag: "noout"}},
		{"ha.maintenance", plan.OnPVE, plan.SetMaintenance{Node: "pve"}},
		{"install.guard", plan.OnPVE, plan.InstallGuard{}},
		{"boot.stage", plan.OnPVE, plan.StageBoot{Boot: h.Boot, Layout: h.Layout}},
		{"boot.kernel", plan.OnPVE, plan.StageKernel{Boot: h.Boot, Kernel: plan.Kernel{Version: "6.8.12-11-pve", Modules: []string{"sd_mod"}, Parameters: []string{"pcie_acs_override=downstream"}}}},
		{"root.unmount", plan.OnPVE, plan.UnmountRoot{}},
		{"root.clone", plan.OnPVE, clone},
		{"boot.arm", plan.OnPVE, plan.ArmTrial{Boot: h.Boot}},
		{"restart", plan.OnPVE, plan.Reboot{}},
		{"boot.default", plan.OnTrial, plan.SetDefault{Boot: h.Boot}},
		{"guests.start", plan.OnTrial, plan.StartUnits{Units: []string{"guest-100.service", "guest-101.service"}}},
		{"ceph.noout.end", plan.OnTrial, plan.EndCephFlag{Flag: "noout", Set: "ceph.noout", OSDs: []int{0}}},
	} {
		if s.action == nil {
			continue
		}
		step, err := plan.NewStep(s.id, s.where, s.action)
		if err != nil {
			return nil, err
		}
		out = append(out, step)
	}
	return out, nil
}

// DeclaredChanges are what a run may leave on PVE's root: its journal with the checkpoint, and mount points in memory.
var DeclaredChanges = []string{plan.StateAt, "/run"}

// Memory is what the stand-ins of LVM, ZFS, Ceph, the HA manager and systemd remember, beside the files of the machine.
type Memory struct {
	Volumes  map[string]string `json:"volumes"`  // name → tag
	Origins  map[string]string `json:"origins"`  // snapshot → volume
	Pool     string            `json:"pool"`     // how full the thin pool is, in percent
	Datasets map[string]string `json:"datasets"` // name → run
	Flags    []string          `json:"flags"`    // of Ceph
	// Maintenance says that the node is in it.
	Maintenance bool `json:"maintenance"`
	// Active are the units that run.
	Active []string `json:"active"`
}

// Remember lets the stand-ins remember something else.
func (m *Machine) Remember(change func(*Memory) error) error {
	file := filepath.Join(m.state.dir, "store.json")
	s := Memory{Pool: "12.5", Volumes: map[string]string{"root": "", "data": "", "vm-100-disk-0": ""}, Datasets: map[string]string{"rpool": "-", "rpool/ROOT": "-", "rpool/ROOT/pve-1": "-"}}
	if data, err := os.ReadFile(file); err == nil {
		s = Memory{} // a map would keep what was removed
		if err := json.Unmarshal(data, &s); err != nil {
			return err
		}
	}
	if err := change(&s); err != nil {
		return err
	}
	if len(s.Flags) == 0 {
		s.Flags = nil
	}
	if len(s.Active) == 0 {
		s.Active = nil
	}
	data, err := json.Marshal(s)
	if err != nil {
		return err
	}
	return os.WriteFile(file, data, 0o600)
}

// after returns the argument behind a flag.
func after(args []string, flag string) string {
	for i, a := range args {
		if a == flag && i+1 < len(args) {
			return args[i+1]
		}
	}
	return ""
}

// commands are the stand-ins of the programs.
func commands(_ context.Context, m *Machine, c execute.Command) (out []byte, err error) {
	last := ""
	if len(c.Args) > 0 {
		last = c.Args[len(c.Args)-1]
	}
	err = m.Remember(func(s *Memory) error {
		switch c.Name {
		case "lvs":
			var rows []string
			for _, name := range slices.Sorted(maps.Keys(s.Volumes)) {
				rows = append(rows, fmt.Sprintf(`{"lv_name":%q,"lv_tags":%q,"lv_size":"107374182400","origin":%q,"data_percent":%q,"metadata_percent":"3.0"}`, name, s.Volumes[name], s.Origins[name], s.Pool))
			}
			out = []byte(`{"report":[{"lv":[` + strings.Join(rows, ",") + `]}]}`)
		case "lvcreate":
			name := after(c.Args, "--name")
			if _, taken := s.Volumes[name]; taken {
				return errors.New("lvcreate: exit status 5: already exists in volume group")
			}
			if slices.Contains(c.Args, "--snapshot") {
				of := filepath.Base(last)
				if _, there := s.Volumes[of]; !there {
					return fmt.Errorf("lvcreate: exit status 5: %s not found", last)
				}
				if s.Origins == nil {
					s.Origins = map[string]string{}
				}
				s.Origins[name] = of
			}
			s.Volumes[name] = after(c.Args, "--addtag")
		case "vgcfgbackup":
			return os.WriteFile(m.real(after(c.Args, "--file")), []byte(last+" {\n}\n"), 0o600)
		case "zpool":
			out = []byte(strings.Join(c.Args, " ") + "\n")
		case "ceph":
			switch flag := last; c.Args[3] {
			case "dump":
				out = fmt.Appendf(nil, `{"flags":%q}`, strings.Join(s.Flags, ","))
			case "set":
				s.Flags = append(slices.DeleteFunc(s.Flags, func(f string) bool { return f == flag }), flag)
			case "unset":
				s.Flags = slices.DeleteFunc(s.Flags, func(f string) bool { return f == flag })
			}
		case "ha-manager":
			switch c.Args[0] {
			case "status":
				mode := "active"
				if s.Maintenance {
					mode = "maintenance mode"
				}
				out = fmt.Appendf(nil, "quorum OK\nmaster pve (active, Mon May  4 03:00:00 2026)\nlrm pve (%s, Mon May  4 03:00:00 2026)\n", mode)
			case "crm-command":
				s.Maintenance = c.Args[2] == "enable"
			}
		case "mkfs.ext4":
			name := filepath.Base(last)
			if s.Volumes[name] == "" {
				return fmt.Errorf("mkfs.ext4: %s is not ours", last)
			}
			if err := m.RemoveDevice(last); err != nil {
				return err
			}
			_, err := m.Device(last)
			return err
		case "e2fsck":
			if !m.HasDevice(last) {
				return errors.New("e2fsck: exit status 8: Bad magic number in super-block")
			}
		case "lvremove":
			name := filepath.Base(last)
			if s.Volumes[name] == "" {
				return fmt.Errorf("lvremove: %s is not ours", last)
			}
			for _, source := range m.state.mounts {
				if source == "/dev/"+last {
					return errors.New("lvremove: exit status 5: contains a filesystem in use")
				}
			}
			delete(s.Volumes, name)
			if delete(s.Origins, name); len(s.Origins) == 0 {
				s.Origins = nil
			}
			return m.RemoveDevice("/dev/" + last)
		case "zfs":
			switch c.Args[0] {
			case "get":
				out = []byte("rpool\tcompression\tlz4\tlocal\n")
			case "list":
				snapshots := after(c.Args, "-t") == "snapshot"
				for _, name := range slices.Sorted(maps.Keys(s.Datasets)) {
					line := name + "\t" + s.Datasets[name] + "\n"
					if slices.Contains(c.Args, "name") { // alone
						line = name + "\n"
					}
					of, mark := name, strings.IndexAny(name, "@#") // a snapshot or a bookmark
					if mark > 0 {
						of = name[:mark]
					}
					listed := name == last || mark < 0 && filepath.Dir(name) == last || mark > 0 && of == last && slices.Contains(c.Args, "all")
					if snapshots {
						listed = mark > 0 && of == last && name[mark] == '@'
					}
					if listed {
						out = append(out, line...)
					}
				}
			case "create", "snapshot", "clone":
				if of, _, snapshot := strings.Cut(last, "@"); snapshot && s.Datasets[of] == "" || c.Args[0] == "clone" && s.Datasets[c.Args[len(c.Args)-2]] == "" {
					return errors.New("zfs: exit status 1: dataset does not exist")
				}
				if _, taken := s.Datasets[last]; taken {
					return errors.New("zfs: exit status 1: dataset already exists")
				}
				for _, a := range c.Args {
					if run, ok := strings.CutPrefix(a, "pve2nix:run="); ok {
						s.Datasets[last] = run
					}
				}
				if c.Args[0] == "clone" {
					if s.Origins == nil {
						s.Origins = map[string]string{}
					}
					s.Origins[last] = c.Args[len(c.Args)-2]
				}
				if c.Args[0] != "create" { // nothing mounts them
					return nil
				}
				_, err := m.Device(last)
				return err
			case "destroy":
				of, all := strings.CutSuffix(last, "@%")
				for name := range s.Datasets {
					if strings.HasPrefix(name, of+"@") && all {
						delete(s.Datasets, name)
					} else if strings.HasPrefix(name, of+"@") || strings.HasPrefix(name, of+"/") && !all {
						return errors.New("zfs: exit status 1: filesystem has children")
					}
				}
				if all {
					return nil
				}
				if run := s.Datasets[last]; run == "" || run == "-" {
					return fmt.Errorf("zfs: %s is not ours", last)
				}
				if slices.Contains(slices.Collect(maps.Values(s.Origins)), last) {
					return errors.New("zfs: exit status 1: snapshot has dependent clones")
				}
				for _, source := range m.state.mounts {
					if source == last {
						return errors.New("zfs: exit status 1: dataset is busy")
					}
				}
				maps.DeleteFunc(s.Datasets, func(name, _ string) bool { return name == last || strings.HasPrefix(name, last+"#") })
				if delete(s.Origins, last); len(s.Origins) == 0 {
					s.Origins = nil
				}
				return m.RemoveDevice(last)
			}
		case "btrfs":
			switch c.Args[1] {
			case "create":
				return os.Mkdir(m.real(last), 0o755)
			case "snapshot":
				return snapshotFolder(m.real(c.Args[len(c.Args)-2]), m.real(last))
			case "delete":
				m.written(m.real(last))
				return os.RemoveAll(m.real(last))
			}
		}
		return nil
	})
	return out, err
}

// snapshotFolder is a snapshot of a subvolume: all of it, its own attributes, too.
func snapshotFolder(from, to string) error {
	if _, err := os.Lstat(to); err == nil {
		return fmt.Errorf("btrfs: exit status 1: target path already exists: %s", to)
	}
	if err := copyFolder(from, to); err != nil {
		return err
	}
	source, err := execute.FilesBelow(from)
	if err != nil {
		return err
	}
	defer source.Close()
	attributes, err := source.Xattrs("/")
	for name, value := range attributes {
		err = errors.Join(err, unix.Setxattr(to, name, value, 0))
	}
	return err
}

// systemBus is a stand-in of logind and systemd.
func systemBus(_ context.Context, m *Machine) (execute.Bus, error) { return services{m}, nil }

type services struct{ m *Machine }

// unitPath stands for the path of a unit, which systemd escapes otherwise.
const unitPath = "/unit/"

func (s services) Call(_ context.Context, service string, _ dbus.ObjectPath, method string, args []any, reply ...any) error {
	return s.m.BusCall(service+" "+method, func() error {
		name := ""
		if len(args) > 0 {
			name, _ = args[0].(string)
		}
		switch method[strings.LastIndexByte(method, '.')+1:] {
		case "LoadUnit":
			*reply[0].(*dbus.ObjectPath) = dbus.ObjectPath(unitPath + name)
		case "StartUnit":
			return s.m.Remember(func(st *Memory) error {
				if !slices.Contains(st.Active, name) {
					st.Active = append(st.Active, name)
				}
				return nil
			})
		case "StopUnit":
			return s.m.Remember(func(st *Memory) error {
				st.Active = slices.DeleteFunc(st.Active, func(u string) bool { return u == name })
				return nil
			})
		}
		return nil
	})
}

func (s services) Property(_ context.Context, _ string, path dbus.ObjectPath, name string) (v dbus.Variant, err error) {
	err = s.m.BusCall("property "+name, func() error {
		return s.m.Remember(func(st *Memory) error {
			state := "inactive"
			if slices.Contains(st.Active, strings.TrimPrefix(string(path), unitPath)) {
				state = "active"
			}
			v = dbus.MakeVariant(state)
			return nil
		})
	})
	return v, err
}

func (services) Signals(context.Context, string, string) (<-chan *dbus.Signal, func(), error) {
	return nil, nil, errors.New("no signals")
}

func (services) Close() error { return nil }

// minimalStub is the smallest EFI program that sections can be put behind: headers and one section.
func minimalStub() ([]byte, error) {
	b := make([]byte, 0x600)
	copy(b, "MZ")
	b[0x3c] = 0x80
	copy(b[0x80:], "PE\x00\x00")
	put := func(at int, bytes ...byte) { copy(b[at:], bytes) }
	coff := 0x84
	put(coff, 0x64, 0x86, 1, 0)         // x86-64, one section
	put(coff+16, 0xf0, 0)               // size of the optional header
	opt := coff + 20                    //
	put(opt, 0x0b, 0x02)                // PE32+
	put(opt+32, 0, 0x10, 0, 0)          // 4096 in memory
	put(opt+36, 0, 2, 0, 0)             // 512 in the file
	put(opt+56, 0, 0x20, 0, 0)          // size of the image
	put(opt+60, 0, 4, 0, 0)             // size of the headers
	sec := opt + 0xf0                   //
	copy(b[sec:], ".text")              //
	put(sec+8, 0, 2, 0, 0, 0, 0x10)     // 512 bytes at 4096
	put(sec+16, 0, 2, 0, 0, 0, 4, 0, 0) // 512 bytes at 1024 of the file
	return b, nil
}
