package rig

import (
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"strings"
	"unicode/utf16"
)

// StandInEFIKernel is an EFI program that stands in for a kernel: it tells the
// first serial port its name and the options that it was started with, and
// restarts the machine.
func StandInEFIKernel(name string) []byte {
	var p program
	// After the prologue the stack is aligned, and has room for what calls need.
	p.emit(0x53, 0x56, 0x57, 0x48, 0x83, 0xec, 0x30) // push rbx, rsi, rdi; sub rsp, 0x30
	p.emit(0x48, 0x8b, 0x5a, 0x60)                   // mov rbx, [rdx+0x60]: boot services
	p.emit(0x48, 0x8d, 0x15).relative("protocol")    // lea rdx, protocol
	p.emit(0x4c, 0x8d, 0x44, 0x24, 0x28)             // lea r8, [rsp+0x28]
	p.emit(0xff, 0x93).long(0x98)                    // call [rbx+0x98]: HandleProtocol
	p.emit(0x48, 0x8d, 0x35).relative("begin")       // lea rsi, begin
	p.label("text")
	p.emit(0x8a, 0x0e)                                                        // mov cl, [rsi]
	p.emit(0x84, 0xc9, 0x0f, 0x84).relative("options")                        // zero: options
	p.emit(0xe8).relative("send")                                             // call send
	p.emit(0x48, 0xff, 0xc6, 0xe9).relative("text")                           // inc rsi
	p.label("options")                                                        //
	p.emit(0x48, 0x8b, 0x44, 0x24, 0x28)                                      // mov rax, [rsp+0x28]
	p.emit(0x8b, 0x78, 0x30, 0x48, 0x8b, 0x70, 0x38)                          // mov edi, [rax+0x30]; mov rsi, [rax+0x38]
	p.label("letter")                                                         //
	p.emit(0x83, 0xff, 0x02, 0x0f, 0x82).relative("end")                      // cmp edi, 2; jb end
	p.emit(0x8a, 0x0e, 0x84, 0xc9, 0x0f, 0x84).relative("end")                // mov cl, [rsi]; zero: end
	p.emit(0xe8).relative("send")                                             //
	p.emit(0x48, 0x83, 0xc6, 0x02, 0x83, 0xef, 0x02, 0xe9).relative("letter") // two on
	p.label("end")
	p.emit(0x48, 0x8d, 0x35).relative("finish")
	p.label("last")
	p.emit(0x8a, 0x0e, 0x84, 0xc9, 0x0f, 0x84).relative("restart")
	p.emit(0xe8).relative("send")
	p.emit(0x48, 0xff, 0xc6, 0xe9).relative("last")
	p.label("restart")
	p.emit(0x66, 0xba, 0xf9, 0x0c, 0xb0, 0x06, 0xee, 0xf4, 0xeb, 0xfd) // out 0xcf9, 6; hlt
	p.label("send")
	p.emit(0x66, 0xba, 0xfd, 0x03, 0xec, 0xa8, 0x20, 0x74, 0xf7, 0x88, 0xc8, 0x66, 0xba, serialPort&0xff, serialPort>>8, 0xee, 0xc3)
	p.label("protocol") // EFI_LOADED_IMAGE_PROTOCOL_GUID
	p.emit(0xa1, 0x31, 0x1b, 0x5b, 0x62, 0x95, 0xd2, 0x11, 0x8e, 0x3f, 0x00, 0xa0, 0xc9, 0x69, 0x72, 0x3b)
	p.label("begin")
	p.emit([]byte(saysBegin + saysWith + name + " \x00")...)
	p.label("finish")
	p.emit([]byte(saysEnd + "\x00")...)
	for at, label := range p.relatives {
		binary.LittleEndian.PutUint32(p.code[at:], uint32(p.labels[label]-at-4))
	}
	return portable(p.code)
}

// portable puts code into a PE file for x86-64 that can lie anywhere (Microsoft's PE format).
func portable(code []byte) []byte {
	const header, at = 0x400, 0x1000
	size := (len(code) + 0x1ff) &^ 0x1ff
	file := make([]byte, header+size)
	copy(file, "MZ")
	le := binary.LittleEndian
	le.PutUint32(file[0x3c:], 0x80)
	copy(file[0x80:], "PE\x00\x00")
	coff, optional := file[0x84:], file[0x98:]
	le.PutUint16(coff[0:], 0x8664)
	le.PutUint16(coff[2:], 1)     // sections
	le.PutUint16(coff[16:], 0xf0) // size of the optional header
	le.PutUint16(coff[18:], 0x22) // executable, large addresses
	le.PutUint16(optional[0:], 0x20b)
	le.PutUint32(optional[4:], uint32(size))
	le.PutUint32(optional[16:], at) // entry
	le.PutUint32(optional[20:], at)
	le.PutUint32(optional[32:], 0x1000)
	le.PutUint32(optional[36:], 0x200)
	le.PutUint16(optional[44:], 1) // version of the image: systemd's stub starts it as the firmware would
	le.PutUint16(optional[46:], 1)
	le.PutUint32(optional[56:], uint32(at+(size+0xfff)&^0xfff))
	le.PutUint32(optional[60:], header)
	le.PutUint16(optional[68:], 10) // an EFI application
	le.PutUint32(optional[108:], 16)
	section := optional[0xf0:]
	copy(section, ".text")
	le.PutUint32(section[8:], uint32(size))
	le.PutUint32(section[12:], at)
	le.PutUint32(section[16:], uint32(size))
	le.PutUint32(section[20:], header)
	le.PutUint32(section[36:], 0xe0000060)
	copy(file[header:], code)
	return file
}

// The firmware of the machines, Debian's OVMF, what systemd has for one, and the form of its variables (EDK2, MdeModulePkg/Include/Guid/VariableFormat.h).
const (
	ovmfCode       = "/usr/share/OVMF/OVMF_CODE_4M.fd"
	ovmfVariables  = "/usr/share/OVMF/OVMF_VARS_4M.fd"
	efiStubs       = "/usr/lib/systemd/boot/efi"
	storeHeader    = 28
	variableHeader = 60
	variableStart  = 0x55aa
	variableAdded  = 0x3f
	variableLasts  = 7 // lasts, and is there when the firmware runs and later
)

// Variables are those of a firmware: name-GUID to value, as efivarfs has them, without the attributes.
type Variables map[string][]byte

// storeAt finds the variables in a file of OVMF.
func storeAt(file []byte) (int, error) {
	if len(file) < 0x40 || string(file[0x28:0x2c]) != "_FVH" {
		return 0, errors.New("no variables of OVMF")
	}
	return int(binary.LittleEndian.Uint16(file[0x30:])), nil
}

// ReadVariables reads a file of OVMF.
func ReadVariables(name string) (Variables, error) {
	file, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	out := Variables{}
	_, err = eachVariable(file, func(name string, value []byte) { out[name] = value })
	return out, err
}

// eachVariable calls f for each variable that is there, and returns where the free room begins.
func eachVariable(file []byte, f func(name string, value []byte)) (int, error) {
	at, err := storeAt(file)
	if err != nil {
		return 0, err
	}
	le := binary.LittleEndian
	for at += storeHeader; at+variableHeader <= len(file) && le.Uint16(file[at:]) == variableStart; {
		names, values := int(le.Uint32(file[at+36:])), int(le.Uint32(file[at+40:]))
		body := file[at+variableHeader:]
		if names+values > len(body) {
			return 0, fmt.Errorf("a variable of %d bytes", names+values)
		}
		if file[at+2] == variableAdded {
			var units []uint16
			for i := 0; i+2 < names; i += 2 {
				units = append(units, le.Uint16(body[i:]))
			}
			f(string(utf16.Decode(units))+"-"+guidText(file[at+44:at+60]), bytes.Clone(body[names:names+values]))
		}
		at += (variableHeader + names + values + 3) &^ 3
	}
	return at, nil
}

// WriteVariables makes a file of OVMF with these variables beside those of a new machine.
func WriteVariables(name string, variables Variables) error {
	file, err := os.ReadFile(ovmfVariables)
	if err != nil {
		return err
	}
	at, err := eachVariable(file, func(string, []byte) {})
	if err != nil {
		return err
	}
	le := binary.LittleEndian
	for full, value := range variables {
		const guidLength = 36
		if len(full) <= guidLength {
			return fmt.Errorf("%q is no variable", full)
		}
		text, guid := full[:len(full)-guidLength-1], full[len(full)-guidLength:]
		raw, err := hex.DecodeString(strings.ReplaceAll(guid, "-", ""))
		if err != nil {
			return err
		}
		h := make([]byte, variableHeader)
		le.PutUint16(h, variableStart)
		h[2] = variableAdded
		le.PutUint32(h[4:], variableLasts)
		le.PutUint32(h[36:], uint32(2*len(text)+2))
		le.PutUint32(h[40:], uint32(len(value)))
		copy(h[44:], swapGUID(raw))
		for _, u := range utf16.Encode([]rune(text + "\x00")) {
			h = le.AppendUint16(h, u)
		}
		h = append(h, value...)
		at += copy(file[at:], h)
		at = (at + 3) &^ 3
	}
	return os.WriteFile(name, file, 0o600)
}

// swapGUID turns a GUID as it is read into one as it is in memory, and back.
func swapGUID(raw []byte) []byte {
	out := bytes.Clone(raw)
	for _, group := range [][2]int{{0, 4}, {4, 6}, {6, 8}} {
		for i, j := group[0], group[1]-1; i < j; i, j = i+1, j-1 {
			out[i], out[j] = out[j], out[i]
		}
	}
	return out
}

func guidText(raw []byte) string {
	h := hex.EncodeToString(swapGUID(raw))
	return strings.Join([]string{h[:8], h[8:12], h[12:16], h[16:20], h[20:]}, "-")
}

// globals is the GUID of the firmware's own variables.
const globals = "8be4df61-93ca-11d2-aa0d-00e098032b8c"

// loadOption is a boot entry for a file on the ESP with this GUID and size (UEFI 2.10, 3.1.3).
func loadOption(title, partition string, size int64, file string) ([]byte, error) {
	le := binary.LittleEndian
	text := func(s string) (out []byte) {
		for _, u := range utf16.Encode([]rune(s + "\x00")) {
			out = le.AppendUint16(out, u)
		}
		return out
	}
	raw, err := hex.DecodeString(strings.ReplaceAll(partition, "-", ""))
	if err != nil {
		return nil, err
	}
	disk := le.AppendUint64(le.AppendUint64(le.AppendUint32([]byte{4, 1, 42, 0}, 2), espAt/sector), uint64(size/sector))
	disk = append(append(disk, swapGUID(raw)...), 2, 2)
	name := text(strings.ReplaceAll(file, "/", `\`))
	way := append(append(disk, append(le.AppendUint16([]byte{4, 4}, uint16(4+len(name))), name...)...), 0x7f, 0xff, 4, 0)
	out := le.AppendUint16(le.AppendUint32(nil, 1), uint16(len(way)))
	return append(append(out, text(title)...), way...), nil
}

// firmware are the arguments of a machine with OVMF and these variables.
func firmware(variables string) []string {
	double := strings.ReplaceAll(variables, ",", ",,")
	return []string{
		"-drive", "if=pflash,format=raw,unit=0,readonly=on,file=" + ovmfCode, "-drive", "if=pflash,format=raw,unit=1,file=" + double,
	}
}
