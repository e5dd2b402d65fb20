package execute

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strconv"
	"strings"

	"github.com/pve2nix/pve2nix/engine/execute/uki"
	"github.com/pve2nix/pve2nix/engine/plan"
)

// firmwareBoot starts the new system from the firmware itself: a unified kernel
// image on the ESP, two boot entries that are in no order, and BootNext. GRUB, its
// menu and PVE's root are not written. The firmware deletes BootNext before it
// follows it (UEFI 2.10, 3.1.1).
type firmwareBoot struct{ plan.Boot }

const (
	image      = efiAt + "/nixos.efi"
	globalGUID = "8be4df61-93ca-11d2-aa0d-00e098032b8c"
	bootNext   = "BootNext-" + globalGUID
	bootOrder  = "BootOrder-" + globalGUID
)

func bootVariable(number uint16) string { return fmt.Sprintf("Boot%04X-%s", number, globalGUID) }

// espPartition is what a device path says of a partition.
type espPartition struct {
	number      uint32
	start, size uint64 // in blocks of the disk
	guid        [16]byte
}

// partitionOf looks a partition up by its GUID.
func partitionOf(f Files, guid string) (*espPartition, error) {
	device, err := resolve(f, "/dev/disk/by-partuuid/"+guid)
	if err != nil {
		return nil, err
	}
	at := "/sys/class/block/" + path.Base(device)
	at, err = resolve(f, at)
	if err != nil {
		return nil, err
	}
	number := func(name string) (uint64, error) {
		text, err := readFile(f, name)
		if err != nil {
			return 0, err
		}
		return strconv.ParseUint(strings.TrimSpace(string(text)), 10, 64)
	}
	p := &espPartition{}
	n, err := number(path.Join(at, "partition"))
	if err != nil {
		return nil, err
	}
	p.number = uint32(n)
	if p.start, err = number(path.Join(at, "start")); err != nil {
		return nil, err
	}
	if p.size, err = number(path.Join(at, "size")); err != nil {
		return nil, err
	}
	size, err := number(path.Join(path.Dir(at), "queue/logical_block_size"))
	if err != nil {
		return nil, err
	}
	if size < 512 || size%512 != 0 {
		return nil, fmt.Errorf("%s: blocks of %d bytes", device, size)
	}
	// The kernel counts in 512 bytes whatever the disk does.
	p.start, p.size = p.start/(size/512), p.size/(size/512)
	raw, err := hex.DecodeString(strings.ReplaceAll(guid, "-", ""))
	if err != nil || len(raw) != 16 {
		return nil, fmt.Errorf("%q is no GUID", guid)
	}
	// The first three groups are little endian in memory.
	le, be := binary.LittleEndian, binary.BigEndian
	le.PutUint32(p.guid[0:], be.Uint32(raw[0:]))
	le.PutUint16(p.guid[4:], be.Uint16(raw[4:]))
	le.PutUint16(p.guid[6:], be.Uint16(raw[6:]))
	copy(p.guid[8:], raw[8:])
	return p, nil
}

// loadOption is a boot entry: an EFI_LOAD_OPTION with the path of a file on a partition (UEFI 2.10, 3.1.3, 10.3).
func loadOption(title string, p *espPartition, file string, parameters string) []byte {
	le := binary.LittleEndian
	node := func(kind, sub byte, body []byte) []byte {
		return append(le.AppendUint16([]byte{kind, sub}, uint16(4+len(body))), body...)
	}
	disk := le.AppendUint32(nil, p.number)
	disk = le.AppendUint64(disk, p.start)
	disk = le.AppendUint64(disk, p.size)
	disk = append(append(disk, p.guid[:]...), 2, 2) // a GPT, and so a GUID
	way := bytes.Join([][]byte{
		node(4, 1, disk),
		node(4, 4, efiString(strings.ReplaceAll(file, "/", `\`))),
		node(0x7f, 0xff, nil),
	}, nil)
	out := le.AppendUint32(nil, 1) // active
	out = le.AppendUint16(out, uint16(len(way)))
	out = append(append(out, efiString(title)...), way...)
	if parameters != "" {
		out = append(out, efiString(parameters)...)
	}
	return out
}

// entriesOf are the numbers of the two boot entries: the standing one and that of the trial.
const (
	standingEntry = 0
	trialEntry    = 1
)

func (b firmwareBoot) options(e *Env, p *payload) ([2][]byte, error) {
	partition, err := partitionOf(e, b.ESPs[0].Partition)
	if err != nil {
		return [2][]byte{}, err
	}
	trial := strings.Join(append(append([]string{}, p.parameters...), trialParameters(e.RunID)...), " ")
	return [2][]byte{
		loadOption("NixOS (pve2nix)", partition, image, ""),
		loadOption("NixOS (pve2nix), one trial", partition, image, trial),
	}, nil
}

func (b firmwareBoot) prepare(ctx context.Context, e *Env) (bootState, error) {
	s := bootState{Variables: map[string][]byte{}}
	p, err := payloadOf(e)
	if err != nil {
		return s, err
	}
	need, err := p.bytes()
	if err != nil {
		return s, err
	}
	esp := b.ESPs[0]
	if err := withESP(e, esp, func(f Files) error { return errors.Join(fits(e, esp, need), unused(f, efiAt)) }); err != nil {
		return s, err
	}
	if _, err := b.options(e, p); err != nil {
		return s, err
	}
	order, err := e.Variable(bootOrder)
	if err != nil {
		return s, fmt.Errorf("variable BootOrder: %w", err)
	}
	s.Variables[bootOrder] = order
	if _, err := e.Variable(bootNext); !errors.Is(err, fs.ErrNotExist) {
		return s, errors.Join(errors.New("variable BootNext: something else is chosen for the next start"), err)
	}
	for n := uint16(0x10); len(s.Entry) < 2 && n < 0x1000; n++ { // the low ones are those that firmware likes to rewrite
		_, err := e.Variable(bootVariable(n))
		if errors.Is(err, fs.ErrNotExist) {
			s.Entry = append(s.Entry, n)
		} else if err != nil {
			return s, err
		}
	}
	if len(s.Entry) < 2 {
		return s, errors.New("the firmware has no number left for a boot entry")
	}
	return s, nil
}

func (b firmwareBoot) do(ctx context.Context, e *Env, s bootState) error {
	p, err := payloadOf(e)
	if err != nil {
		return err
	}
	err = withESP(e, b.ESPs[0], func(f Files) error {
		if _, err := makeDirs(f, efiAt, 0o700); err != nil {
			return err
		}
		return b.assemble(f, p)
	})
	if err != nil {
		return err
	}
	options, err := b.options(e, p)
	if err != nil {
		return err
	}
	for i, n := range s.Entry {
		if err := setVariable(e, bootVariable(n), options[i]); err != nil {
			return err
		}
	}
	return nil
}

// assemble writes the image under another name, and gives it its own when it is complete.
func (b firmwareBoot) assemble(f Files, p *payload) (err error) {
	stub, err := readFile(p.root, p.stubFile())
	if err != nil {
		return err
	}
	sections, closeAll, err := p.sections()
	if err != nil {
		return err
	}
	defer closeAll()
	if err := ignoreMissing(f.Remove(image + partial)); err != nil {
		return err
	}
	w, err := f.OpenFile(image+partial, createNew, 0o600)
	if err != nil {
		return err
	}
	_, err = uki.Assemble(w, stub, sections)
	if err = errors.Join(err, w.Sync(), w.Close()); err != nil {
		return errors.Join(err, ignoreMissing(f.Remove(image+partial)))
	}
	if err := f.Rename(image+partial, image); err != nil {
		return err
	}
	return f.SyncDir(efiAt)
}

// stubFile is the stub with its links followed, where they can be.
func (p *payload) stubFile() string {
	if file, err := resolve(p.root, p.stub); err == nil {
		return file
	}
	return p.stub
}

// sections are what the image is made of: the kernel last, as it may need room behind itself when it unpacks.
func (p *payload) sections() (out []uki.Section, closeAll func(), err error) {
	var open []File
	closeAll = func() {
		for _, f := range open {
			_ = f.Close()
		}
	}
	line := strings.Join(p.parameters, " ")
	release := "NAME=NixOS\nID=nixos\nPRETTY_NAME=\"NixOS (pve2nix)\"\n"
	out = []uki.Section{
		{Name: ".osrel", Data: strings.NewReader(release), Size: int64(len(release))},
		{Name: ".cmdline", Data: strings.NewReader(line), Size: int64(len(line))},
	}
	for _, part := range []struct{ name, file string }{{".initrd", p.initrd}, {".linux", p.kernel}} {
		f, err := p.root.OpenFile(part.file, readOnly, 0)
		if err != nil {
			closeAll()
			return nil, nil, err
		}
		open = append(open, f)
		info, err := f.Stat()
		if err != nil {
			closeAll()
			return nil, nil, err
		}
		s := uki.Section{Name: part.name, Data: f, Size: info.Size()}
		if part.name == ".linux" {
			head := make([]byte, min(info.Size(), 4096))
			if _, err := f.ReadAt(head, 0); err == nil {
				if size, err := uki.ImageSize(head); err == nil {
					s.Memory = size
				}
			}
		}
		out = append(out, s)
	}
	return out, closeAll, nil
}

// digest is the SHA-256 that the image must have: it is put together again, into nothing.
func (b firmwareBoot) digest(p *payload) ([]byte, error) {
	stub, err := readFile(p.root, p.stubFile())
	if err != nil {
		return nil, err
	}
	sections, closeAll, err := p.sections()
	if err != nil {
		return nil, err
	}
	defer closeAll()
	var whole memory
	size, err := uki.Assemble(&whole, stub, sections)
	if err != nil {
		return nil, err
	}
	return whole.data[:size], nil
}

// memory is a file in memory.
type memory struct{ data []byte }

func (m *memory) WriteAt(p []byte, off int64) (int, error) {
	if need := int(off) + len(p); need > len(m.data) {
		m.data = append(m.data, make([]byte, need-len(m.data))...)
	}
	return copy(m.data[off:], p), nil
}

func (b firmwareBoot) verify(_ context.Context, e *Env, s bootState) error {
	p, err := payloadOf(e)
	if err != nil {
		return err
	}
	want, err := b.digest(p)
	if err != nil {
		return err
	}
	err = withESP(e, b.ESPs[0], func(f Files) error { return isCopy(f, image, digestOf(want)) })
	if err != nil {
		return err
	}
	options, err := b.options(e, p)
	if err != nil {
		return err
	}
	for i, n := range s.Entry {
		if err := variableIs(e, bootVariable(n), options[i]); err != nil {
			return err
		}
	}
	return variableIs(e, bootOrder, s.Variables[bootOrder])
}

func (b firmwareBoot) undo(_ context.Context, e *Env, s bootState) (err error) {
	for _, n := range s.Entry {
		err = errors.Join(err, setVariable(e, bootVariable(n), nil))
	}
	// Firmware may have taken the entries up into its order by itself.
	if order, ok := s.Variables[bootOrder]; ok && variableIs(e, bootOrder, order) != nil {
		err = errors.Join(err, setVariable(e, bootOrder, order))
	}
	return errors.Join(err, withESP(e, b.ESPs[0], func(f Files) error {
		if err := removeTree(f, efiAt); err != nil {
			return err
		}
		return f.SyncDir("/EFI")
	}))
}

// own finds the number of one of the two entries, by what it says.
func (b firmwareBoot) own(e *Env, which int) (uint16, error) {
	title := [2]string{"NixOS (pve2nix)", "NixOS (pve2nix), one trial"}[which]
	partition, err := partitionOf(e, b.ESPs[0].Partition)
	if err != nil {
		return 0, err
	}
	head := loadOption(title, partition, image, "")
	for n := uint16(0x10); n < 0x1000; n++ {
		value, err := e.Variable(bootVariable(n))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return 0, err
		}
		if bytes.HasPrefix(value, head) {
			return n, nil
		}
	}
	return 0, fmt.Errorf("the firmware has no boot entry called %q", title)
}

func (b firmwareBoot) arm(_ context.Context, e *Env) error {
	n, err := b.own(e, trialEntry)
	if err != nil {
		return err
	}
	return setVariable(e, bootNext, binary.LittleEndian.AppendUint16(nil, n))
}

func (b firmwareBoot) armed(_ context.Context, e *Env) error {
	n, err := b.own(e, trialEntry)
	if err != nil {
		return err
	}
	return variableIs(e, bootNext, binary.LittleEndian.AppendUint16(nil, n))
}

func (b firmwareBoot) disarm(_ context.Context, e *Env) error { return setVariable(e, bootNext, nil) }

func (b firmwareBoot) standing(_ context.Context, e *Env) ([]byte, error) {
	return e.Variable(bootOrder)
}

func (b firmwareBoot) setDefault(_ context.Context, e *Env, before []byte) error {
	n, err := b.own(e, standingEntry)
	if err != nil {
		return err
	}
	return errors.Join(setVariable(e, bootNext, nil), setVariable(e, bootOrder, append(binary.LittleEndian.AppendUint16(nil, n), before...)))
}

func (b firmwareBoot) restore(_ context.Context, e *Env, before []byte) error {
	return errors.Join(setVariable(e, bootNext, nil), setVariable(e, bootOrder, before))
}

func (b firmwareBoot) isDefault(_ context.Context, e *Env) error {
	n, err := b.own(e, standingEntry)
	if err != nil {
		return err
	}
	order, err := e.Variable(bootOrder)
	if err != nil {
		return err
	}
	if !bytes.HasPrefix(order, binary.LittleEndian.AppendUint16(nil, n)) {
		return errors.New("BootOrder does not begin with NixOS")
	}
	return nil
}
