package standin

// Suite is the Debian release below Proxmox VE 8: that of every stand-in.
const Suite = suite

// Sources are the machine's own package sources for the suite, as lines of a sources.list.
func Sources() (string, error) { return machineSources("/etc/apt") }
