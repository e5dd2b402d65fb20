package rig

import "testing"

func TestVMZFSPanic(t *testing.T) {
	NeedVMs(t, false)
	goes(t, zfsSystemdBoot, "panic")
}
