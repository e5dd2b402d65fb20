package execute

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
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
	// bootCurrent is the entry that the firmware has started.
	bootCurrent = "BootCurrent-" + globalGUID
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
	p.guid, err = firmwareGUID(guid)
	return p, err
}

// firmwareGUID is a GUID as it is in memory: its first three groups are little endian (UEFI 2.10, appendix A).
func firmwareGUID(guid string) (out [16]byte, err error) {
	raw, err := hex.DecodeString(strings.ReplaceAll(guid, "-", ""))
	if err != nil || len(raw) != len(out) {
		return out, fmt.Errorf("%q is no GUID", guid)
	}
	le, be := binary.LittleEndian, binary.BigEndian
	le.PutUint32(out[0:], be.Uint32(raw[0:]))
	le.PutUint16(out[4:], be.Uint16(raw[4:]))
	le.PutUint16(out[6:], be.Uint16(raw[6:]))
	copy(out[8:], raw[8:])
	return out, nil
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

// The boot entries: the standing one, that of the trial, and the one of Proxmox VE's kernel.
const (
	standingEntry = iota
	trialEntry
	kernelEntry
)

// firmwareEntries are what the firmware shows of an entry, and the image that it starts.
var firmwareEntries = []struct{ title, image string }{
	{"NixOS (pve2nix)", image},
	{"NixOS (pve2nix), one trial", image},
	{kernelTitle, kernelImage},
}

// option is one of the entries as a variable.
func (b firmwareBoot) option(e *Env, esp plan.ESP, which int, parameters string) ([]byte, error) {
	partition, err := partitionOf(e, esp.Partition)
	if err != nil {
		return nil, err
	}
	return loadOption(firmwareEntries[which].title, partition, firmwareEntries[which].image, parameters), nil
}

func (b firmwareBoot) options(e *Env, esp plan.ESP, p *payload) ([2][]byte, error) {
	standing, err := b.option(e, esp, standingEntry, "")
	if err != nil {
		return [2][]byte{}, err
	}
	trial, err := b.option(e, esp, trialEntry, strings.Join(append(append([]string{}, p.parameters...), trialParameters(e.RunID)...), " "))
	return [2][]byte{standing, trial}, err
}

// started returns the ESP that this machine was started from, as the firmware says:
// what it could read once it can read again. Where it does not say, it is the first.
func (b firmwareBoot) started(e *Env) (plan.ESP, error) {
	current, err := e.Variable(bootCurrent)
	if err == nil && len(current) == 2 {
		option, err := e.Variable(bootVariable(binary.LittleEndian.Uint16(current)))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return plan.ESP{}, err
		}
		for _, esp := range b.ESPs {
			id, err := firmwareGUID(esp.Partition)
			if err != nil {
				return plan.ESP{}, err
			}
			if bytes.Contains(option, id[:]) {
				return esp, nil
			}
		}
	}
	return b.ESPs[0], ignoreMissing(err)
}

func (b firmwareBoot) prepare(_ context.Context, e *Env) (bootState, error) {
	s := bootState{Variables: map[string][]byte{}}
	esp, err := b.started(e)
	if err != nil {
		return s, err
	}
	s.ESP = esp.UUID
	err = withPayload(e, func(p *payload) error {
		need, err := p.bytes()
		if err != nil {
			return err
		}
		if err := lookAtESP(e, esp, func(f Files) error { return errors.Join(fits(e, esp, need+maxStub), unused(f, efiAt)) }); err != nil {
			return err
		}
		_, err = b.options(e, esp, p)
		return err
	})
	if err != nil {
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
	s.Entry, err = freeEntries(e, 2)
	return s, err
}

// freeEntries are numbers that no boot entry has.
func freeEntries(e *Env, count int) (out []uint16, err error) {
	for n := uint16(0x10); len(out) < count && n < 0x1000; n++ { // the low ones are those that firmware likes to rewrite
		_, err := e.Variable(bootVariable(n))
		if errors.Is(err, fs.ErrNotExist) {
			out = append(out, n)
		} else if err != nil {
			return nil, err
		}
	}
	if len(out) < count {
		return nil, errors.New("the firmware has no number left for a boot entry")
	}
	return out, nil
}

// maxStub is how much an image takes beside kernel and initial RAM disk, at most.
const maxStub = 4 << 20

// chosen is the ESP that prepare has chosen.
func (b firmwareBoot) chosen(s bootState) (plan.ESP, error) {
	for _, esp := range b.ESPs {
		if esp.UUID == s.ESP {
			return esp, nil
		}
	}
	return plan.ESP{}, fmt.Errorf("the plan has no ESP %q", s.ESP)
}

func (b firmwareBoot) do(_ context.Context, e *Env, s bootState) error {
	esp, err := b.chosen(s)
	if err != nil {
		return err
	}
	return withPayload(e, func(p *payload) error {
		options, err := b.options(e, esp, p)
		if err != nil {
			return err
		}
		if err := tryVariables(e, options[trialEntry]); err != nil {
			return err
		}
		err = withESP(e, esp, func(f Files) error {
			if _, err := makeDirs(f, efiAt, 0o700); err != nil {
				return err
			}
			return p.writeImage(f, image)
		})
		if err != nil {
			return err
		}
		for which, n := range s.Entry {
			if err := b.announce(e, n, options[which]); err != nil {
				return err
			}
		}
		return nil
	})
}

// writeImage writes the unified kernel image to an ESP.
func (p *payload) writeImage(f Files, name string) error {
	return p.image(func(i *uki.Image) error {
		return replaceFile(f, name, func(w File, _ string) error {
			_, err := i.WriteTo(w)
			return err
		})
	})
}

// isImage says whether the file on an ESP is the unified kernel image.
func (p *payload) isImage(f Files, name string) error {
	sum := sha256.New()
	if err := p.image(func(i *uki.Image) error { _, err := i.WriteTo(sum); return err }); err != nil {
		return err
	}
	return isCopy(f, name, hex.EncodeToString(sum.Sum(nil)))
}

// announce makes a boot entry under a number that nobody else has taken.
func (b firmwareBoot) announce(e *Env, n uint16, option []byte) error {
	ours, there, err := b.ours(e, n)
	if err != nil {
		return err
	}
	if there && ours < 0 {
		return fmt.Errorf("variable Boot%04X: somebody else made it in the meantime", n)
	}
	return setVariable(e, bootVariable(n), option)
}

// ours says which of the entries a number is, -1 for none of them, and whether there is one at all.
func (b firmwareBoot) ours(e *Env, n uint16) (which int, there bool, err error) {
	value, err := e.Variable(bootVariable(n))
	if errors.Is(err, fs.ErrNotExist) {
		return -1, false, nil
	}
	if err != nil {
		return -1, false, err
	}
	for which, ours := range firmwareEntries {
		// Title and file: firmware may put the way to the disk before the partition.
		const fixed = 6
		if len(value) < fixed || !bytes.HasPrefix(value[fixed:], efiString(ours.title)) || !bytes.Contains(value, efiString(strings.ReplaceAll(ours.image, "/", `\`))) {
			continue
		}
		return which, true, nil
	}
	return -1, true, nil
}

// image puts the unified kernel image together, for f to write or to hash.
func (p *payload) image(f func(*uki.Image) error) error {
	stub, err := readFile(p.root, p.stubFile())
	if err != nil {
		return err
	}
	sections, closeAll, err := p.sections()
	if err != nil {
		return err
	}
	defer closeAll()
	i, err := uki.New(stub, sections)
	if err != nil {
		return err
	}
	return f(i)
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
	release := fmt.Sprintf("NAME=NixOS\nID=nixos\nPRETTY_NAME=\"%s\"\n", p.title)
	out = []uki.Section{
		{Name: ".osrel", Data: strings.NewReader(release), Size: int64(len(release))},
		{Name: ".cmdline", Data: strings.NewReader(line), Size: int64(len(line))},
	}
	add := func(name string, files ...string) error {
		s := uki.Section{Name: name}
		var parts []io.Reader
		for _, file := range files {
			f, err := p.root.OpenFile(file, readOnly, 0)
			if err != nil {
				return err
			}
			open, parts = append(open, f), append(parts, f)
			info, err := f.Stat()
			if err != nil {
				return err
			}
			s.Size += info.Size()
		}
		s.Data = io.MultiReader(parts...)
		if name == ".linux" {
			head := make([]byte, min(s.Size, 4096))
			if _, err := open[len(open)-1].ReadAt(head, 0); err == nil {
				if size, err := uki.ImageSize(head); err == nil {
					s.Memory = size
				}
			}
		}
		out = append(out, s)
		return nil
	}
	disks := []string{p.initrd}
	if p.more != "" {
		disks = append(disks, p.more)
	}
	err = add(".initrd", disks...)
	if err == nil {
		err = add(".linux", p.kernel)
	}
	if err != nil {
		closeAll()
		return nil, nil, err
	}
	return out, closeAll, nil
}

func (b firmwareBoot) verify(_ context.Context, e *Env, s bootState) error {
	esp, err := b.chosen(s)
	if err != nil {
		return err
	}
	return withPayload(e, func(p *payload) error {
		err = lookAtESP(e, esp, func(f Files) error { return p.isImage(f, image) })
		if err != nil {
			return err
		}
		options, err := b.options(e, esp, p)
		if err != nil {
			return err
		}
		for i, n := range s.Entry {
			if err := variableIs(e, bootVariable(n), options[i]); err != nil {
				return err
			}
		}
		return variableIs(e, bootOrder, s.Variables[bootOrder])
	})
}

func (b firmwareBoot) undo(_ context.Context, e *Env, s bootState) error {
	err := setVariable(e, triedVariable, nil)
	err = errors.Join(err, b.forget(e, s))
	esp, missing := b.chosen(s)
	if missing != nil {
		return errors.Join(err, missing)
	}
	return errors.Join(err, takeFromESP(e, esp, anyOf(efiAt), func(f Files) error {
		if err := removeTree(f, efiAt); err != nil {
			return err
		}
		return syncDirs(f, "/EFI")
	}))
}

// forget removes boot entries.
func (b firmwareBoot) forget(e *Env, s bootState) error {
	// Out of the order first: firmware may have taken the entries up into it by itself.
	err := b.reorder(e, s.Entry, s.Variables[bootOrder])
	for _, n := range s.Entry {
		switch which, _, failed := b.ours(e, n); {
		case failed != nil:
			err = errors.Join(err, failed)
		case which >= 0: // what is not ours stays
			err = errors.Join(err, setVariable(e, bootVariable(n), nil))
		}
	}
	return err
}

// reorder takes entries out of BootOrder; where one was the first, what was the first before is it again. The rest stays as it is: others may have changed it since.
func (b firmwareBoot) reorder(e *Env, without []uint16, before []byte) error {
	now, err := e.Variable(bootOrder)
	if errors.Is(err, fs.ErrNotExist) && len(before) > 0 {
		return setVariable(e, bootOrder, before)
	}
	if err != nil {
		return ignoreMissing(err)
	}
	var order []byte
	first := false
	for at := 0; at+1 < len(now); at += 2 {
		n := now[at : at+2]
		if which, _, err := b.ours(e, binary.LittleEndian.Uint16(n)); err != nil {
			return err
		} else if which >= 0 && slices.Contains(without, binary.LittleEndian.Uint16(n)) {
			first = first || at == 0
			continue
		}
		order = append(order, n...)
	}
	if first && len(before) >= 2 && !bytes.HasPrefix(order, before[:2]) {
		rest := order
		order = bytes.Clone(before[:2])
		for at := 0; at+1 < len(rest); at += 2 {
			if !bytes.Equal(rest[at:at+2], before[:2]) {
				order = append(order, rest[at:at+2]...)
			}
		}
	}
	if bytes.Equal(order, now) {
		return nil
	}
	return setVariable(e, bootOrder, order)
}

// own finds the number of one of the entries, by what it says.
func (b firmwareBoot) own(e *Env, which int) (uint16, error) {
	for n := uint16(0x10); n < 0x1000; n++ {
		found, _, err := b.ours(e, n)
		if err != nil {
			return 0, err
		}
		if found == which {
			return n, nil
		}
	}
	return 0, fmt.Errorf("the firmware has no boot entry called %q", firmwareEntries[which].title)
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

// disarm leaves a choice that somebody else has made since.
func (b firmwareBoot) disarm(_ context.Context, e *Env) error {
	next, err := e.Variable(bootNext)
	if err != nil {
		return ignoreMissing(err)
	}
	if len(next) == 2 {
		if which, there, err := b.ours(e, binary.LittleEndian.Uint16(next)); err != nil || there && which != standingEntry && which != trialEntry {
			return err
		}
	}
	return setVariable(e, bootNext, nil)
}

func (b firmwareBoot) standing(_ context.Context, e *Env) ([]byte, error) {
	return e.Variable(bootOrder)
}

func (b firmwareBoot) setDefault(ctx context.Context, e *Env, before []byte) error {
	n, err := b.own(e, standingEntry)
	if err != nil {
		return err
	}
	return errors.Join(b.disarm(ctx, e), setVariable(e, bootOrder, append(binary.LittleEndian.AppendUint16(nil, n), before...)))
}

func (b firmwareBoot) restore(ctx context.Context, e *Env, before []byte) error {
	if err := b.disarm(ctx, e); err != nil {
		return err
	}
	var without []uint16
	if n, err := b.own(e, standingEntry); err == nil {
		without = append(without, n)
	}
	return b.reorder(e, without, before)
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
