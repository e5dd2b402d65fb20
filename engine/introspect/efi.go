package introspect

import (
	"errors"
	"strings"

	"github.com/pve2nix/pve2nix/engine/introspect/formats"
	"github.com/pve2nix/pve2nix/engine/snapshot"
)

const (
	firmwareDir  = "/sys/firmware"
	efiFirmware  = "/sys/firmware/efi"
	efiVariables = "/sys/firmware/efi/efivars"
	// efiGlobal is the vendor of the variables that the UEFI specification defines, efiLoader that of the
	// Boot Loader Interface, which systemd-boot and others follow.
	efiGlobal = "8be4df61-93ca-11d2-aa0d-00e098032b8c"
	efiLoader = "4a67b082-0a4c-41cf-b6c7-440b29bb8c4f"
	// efiAttributes is the length of what efivarfs puts in front of a value.
	efiAttributes = 4
)

var (
	errNoVariables   = errors.New("no variables there: efivarfs is not mounted")
	errShortVariable = errors.New("shorter than its attributes and value")
)

// firmwareOf tells how the machine boots, from the variables of UEFI.
func firmwareOf(c *capture) snapshot.Firmware {
	a := c.area("hardware.firmware", sourceFile)
	if !sysfs(a, firmwareDir) {
		return snapshot.Firmware{}
	}
	if !c.exists(efiFirmware) {
		return snapshot.Firmware{Kind: "bios"}
	}
	firmware := snapshot.Firmware{Kind: "uefi"}
	names := a.directory(efiVariables)
	if len(names) == 0 {
		a.problem(efiVariables, errNoVariables)
		return firmware
	}
	// Firmware without the first two knows no Secure Boot.
	firmware.SecureBoot = a.switchedOn("SecureBoot-" + efiGlobal)
	firmware.SetupMode = a.switchedOn("SetupMode-" + efiGlobal)
	firmware.BootOrder = a.entryNumbers("BootOrder-" + efiGlobal)
	firmware.BootCurrent = first(a.entryNumbers("BootCurrent-" + efiGlobal))
	firmware.BootNext = first(a.entryNumbers("BootNext-" + efiGlobal))
	if value, ok := a.variable("LoaderInfo-" + efiLoader); ok {
		firmware.LoaderInfo = formats.EFIText(value)
	}
	for _, name := range names {
		number, ok := bootEntry(name)
		if !ok {
			continue
		}
		value, ok := a.variable(name)
		if !ok {
			continue
		}
		entry, err := formats.EFILoadOption(number, value)
		a.parsed(efiVariables+"/"+name, err)
		firmware.Entries = append(firmware.Entries, entry)
	}
	return firmware
}

// bootEntry is the number in the name of a variable Boot####, four hexadecimal digits in upper case.
func bootEntry(name string) (number string, ok bool) {
	name, found := strings.CutSuffix(name, "-"+efiGlobal)
	number, ok = strings.CutPrefix(name, "Boot")
	return number, found && ok && len(number) == 4 && strings.Trim(number, "0123456789ABCDEF") == ""
}

// variable is the value of a variable of UEFI; ok is false when there is none.
func (a *area) variable(name string) (value []byte, ok bool) {
	content, err := a.capture.host.ReadFile(efiVariables+"/"+name, maxPVEFileSize)
	switch {
	case err == nil && len(content.Data) >= efiAttributes:
		return content.Data[efiAttributes:], true
	case err == nil:
		a.problem(efiVariables+"/"+name, errShortVariable)
	case !absent(err):
		a.problem(efiVariables+"/"+name, err)
	}
	return nil, false
}

// switchedOn reads a variable of one byte.
func (a *area) switchedOn(name string) bool {
	value, ok := a.variable(name)
	if ok && len(value) != 1 {
		a.problem(efiVariables+"/"+name, errors.New("not the one byte of a switch"))
	}
	return ok && len(value) == 1 && value[0] == 1
}

// entryNumbers reads a variable that lists entries.
func (a *area) entryNumbers(name string) []string {
	value, ok := a.variable(name)
	if !ok {
		return nil
	}
	numbers, err := formats.EFINumbers(value)
	a.parsed(efiVariables+"/"+name, err)
	return numbers
}

func first(texts []string) string {
	if len(texts) == 0 {
		return ""
	}
	return texts[0]
}
