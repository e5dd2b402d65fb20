package introspect

import "golang.org/x/sys/unix"

// machineArch is the architecture of this machine as uname names it.
func machineArch() string {
	var name unix.Utsname
	if err := unix.Uname(&name); err != nil {
		return ""
	}
	return unix.ByteSliceToString(name.Machine[:])
}
