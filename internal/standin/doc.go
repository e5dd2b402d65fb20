// Package standin builds and boots stand-in Proxmox VE hosts for tests: a Debian
// root made by mmdebstrap, a captured tree of golden/ laid over it, booted with
// systemd as process 1 in systemd-nspawn, with the links and the hardware of that
// host.
//
// It is for tests only; no product code may import it. It needs root, and a Debian
// mirror the first time. It changes nothing on the machine that outlives the test
// but two things: Debian packages that the tests need are installed, and the
// Debian root is kept in the user's cache directory.
package standin
