package rig

import "encoding/binary"

// Offsets in the first sectors of a Linux kernel, and in the parameters that a boot loader hands to it (Documentation/arch/x86/boot.rst).
const (
	setupSectors  = 0x1f1
	bootFlag      = 0x1fe
	jumpSize      = 0x201
	headerMagic   = 0x202
	headerVersion = 0x206
	loadFlags     = 0x211
	entryPoint    = 0x214
	initrdSize    = 0x21c
	commandLine   = 0x228
	initrdMaximum = 0x22c
	lineMaximum   = 0x238
	// loadedAt is where a kernel of this kind is put.
	loadedAt = 0x100000
)

// What a stand-in of a kernel says: begin, the state of the initial RAM disk, the command line, end.
const (
	saysBegin  = "\r\n[started "
	saysWith   = "with initrd] "
	saysNone   = "without initrd] "
	saysEnd    = " [end]\r\n"
	serialPort = 0x3f8
)

// StandInKernel is a file that GRUB starts as a Linux kernel. It tells the first
// serial port whether it got an initial RAM disk, and its command line, and
// restarts the machine.
func StandInKernel() []byte {
	var p program
	p.emit(0x89, 0xf7) // mov edi, esi: the parameters
	p.say("begin", "after begin")
	p.emit(0x83, 0xbf).long(initrdSize).emit(0x00) // cmp dword [edi+size], 0
	p.emit(0xbe).address("none")                   // mov esi, none
	p.emit(0x74, 0x05)                             // je over the next
	p.emit(0xbe).address("with")                   // mov esi, with
	p.print("after initrd")
	p.emit(0x8b, 0xb7).long(commandLine) // mov esi, [edi+line]
	p.print("after line")
	p.say("end", "after end")
	p.emit(0x66, 0xba, 0xf9, 0x0c, 0xb0, 0x06, 0xee) // out 0xcf9, 6: the chipset restarts the machine
	p.emit(0xb0, 0xfe, 0xe6, 0x64)                   // out 0x64, 0xfe: and so does the keyboard controller
	p.emit(0xf4, 0xeb, 0xfd)                         // hlt, for ever
	p.label("print")                                 // the text at esi, and back to ebp
	p.emit(0x8a, 0x0e)                               // mov cl, [esi]
	p.emit(0x84, 0xc9, 0x75, 0x02, 0xff, 0xe5)       // zero: jmp ebp
	p.emit(0x66, 0xba, 0xfd, 0x03, 0xec, 0xa8, 0x20) // in al, 0x3fd; test al, 0x20: may send
	p.emit(0x74, 0xf7)                               // je back to the mov
	p.emit(0x88, 0xc8, 0x66, 0xba)                   // mov al, cl
	p.emit(serialPort&0xff, serialPort>>8, 0xee)     // out 0x3f8, al
	p.emit(0x46, 0xeb)                               // inc esi; jmp print
	p.emit(byte(p.labels["print"] - len(p.code) - 1))
	for name, text := range map[string]string{"begin": saysBegin, "with": saysWith, "none": saysNone, "end": saysEnd} {
		p.label(name)
		p.emit([]byte(text + "\x00")...)
	}
	const sectors = 1
	file := make([]byte, (1+sectors)*512, 8<<10)
	file[setupSectors] = sectors
	binary.LittleEndian.PutUint16(file[bootFlag:], 0xaa55)
	file[jumpSize] = 0x66
	copy(file[headerMagic:], "HdrS")
	binary.LittleEndian.PutUint16(file[headerVersion:], 0x0206)
	file[loadFlags] = 1 // loaded high
	binary.LittleEndian.PutUint32(file[entryPoint:], loadedAt)
	binary.LittleEndian.PutUint32(file[initrdMaximum:], 0x7fffffff)
	binary.LittleEndian.PutUint32(file[lineMaximum:], 2047)
	file = append(file, p.link()...)
	return file[:cap(file)]
}

// program is code for a known address.
type program struct {
	code   []byte
	labels map[string]int
	uses   map[int]string
	// relatives are uses that count from behind themselves.
	relatives map[int]string
}

func (p *program) relative(name string) *program {
	if p.relatives == nil {
		p.relatives = map[int]string{}
	}
	p.relatives[len(p.code)] = name
	return p.long(0)
}

func (p *program) emit(b ...byte) *program { p.code = append(p.code, b...); return p }

func (p *program) long(v uint32) *program {
	p.code = binary.LittleEndian.AppendUint32(p.code, v)
	return p
}

func (p *program) label(name string) {
	if p.labels == nil {
		p.labels = map[string]int{}
	}
	p.labels[name] = len(p.code)
}

func (p *program) address(name string) *program {
	if p.uses == nil {
		p.uses = map[int]string{}
	}
	p.uses[len(p.code)] = name
	return p.long(0)
}

// print prints the text at esi and goes on at a label that it sets.
func (p *program) print(next string) {
	p.emit(0xbd).address(next)    // mov ebp, next
	p.emit(0xb8).address("print") // mov eax, print
	p.emit(0xff, 0xe0)            // jmp eax
	p.label(next)
}

func (p *program) say(text, next string) {
	p.emit(0xbe).address(text) // mov esi, text
	p.print(next)
}

func (p *program) link() []byte {
	for at, name := range p.uses {
		binary.LittleEndian.PutUint32(p.code[at:], uint32(loadedAt+p.labels[name]))
	}
	return p.code
}
