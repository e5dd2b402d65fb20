package main

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"github.com/pve2nix/pve2nix/internal/testhosts"
)

// The table of a guest lets through what PVE's firewall lets through, on a bridge between two
// namespaces: frames that a guest sends, and frames that reach it. Where the kernel follows no
// connections across bridges the lines about them are left out; no frame here needs them.
func TestTheTableOfGuestsFiltersABridge(t *testing.T) {
	for _, program := range []string{"nft", "ip"} {
		if _, err := exec.LookPath(program); err != nil || os.Getuid() != 0 {
			testhosts.Lacking(t, fmt.Sprintf("%s as root makes the bridge; nothing was filtered", program))
		}
	}
	content := tableOfGuests(t, filepath.Join("..", "..", "golden", "clustered"))
	if !readsOfBridges("ct state new accept") {
		content = regexp.MustCompile(`(?m)^.*ct state .*\n`).ReplaceAllString(content, "")
	}
	const guest, other = "d2:4c:1a:10:00:65", "02:00:00:00:00:05"
	host, inside, outside := netns(t, "host"), netns(t, "guest"), netns(t, "net")
	command(t, "", "ip", "-n", host, "link", "add", "vmbr0", "type", "bridge")
	command(t, "", "ip", "-n", host, "link", "set", "vmbr0", "up")
	for _, port := range []struct{ name, peer, mac string }{{"tap101i0", inside, guest}, {"out0", outside, other}} {
		command(t, "", "ip", "-n", host, "link", "add", port.name, "type", "veth", "peer", "name", "eth0", "netns", port.peer)
		command(t, "", "ip", "-n", host, "link", "set", port.name, "master", "vmbr0", "up")
		command(t, "", "ip", "-n", port.peer, "link", "set", "eth0", "address", port.mac, "up")
	}
	command(t, "table bridge pve-guests {\n"+content+"\n}\n", "ip", "netns", "exec", host, "nft", "-f", "-")

	to := map[string][2]string{"guest": {other, guest}, "net": {guest, other}}
	ends := map[string]*socket{"guest": packets(t, inside), "net": packets(t, outside)}
	away := map[string]*socket{"guest": ends["net"], "net": ends["guest"]}
	tcp := func(target, source, destination string, port uint16) []byte {
		return ethernet(to[target][1], to[target][0], 0x0800, ipv4(6, source, destination, syn(source, destination, port)))
	}
	spoofed := tcp("net", "10.10.30.41", "10.10.30.5", 443)
	copy(spoofed[6:], []byte{2, 0, 0, 0, 0, 0x99})
	cases := []struct {
		name, target string
		frame        []byte
		passes       bool
	}{
		{"a port that a group opens", "guest", tcp("guest", "10.10.99.9", "10.10.30.41", 80), true},
		{"a port that nothing opens", "guest", tcp("guest", "10.10.30.5", "10.10.30.41", 8080), false},
		{"a port from its alias", "guest", tcp("guest", "10.10.30.5", "10.10.30.41", 22), true},
		{"a port from elsewhere", "guest", tcp("guest", "10.10.31.41", "10.10.30.41", 22), false},
		{"the first of a range, from the guest's own alias", "guest", tcp("guest", "10.10.31.41", "10.10.30.41", 5000), true},
		{"a source that is a multicast", "guest", tcp("guest", "224.0.0.9", "10.10.30.41", 80), false},
		{"a question for an address", "guest", arp(to["guest"][0], "10.10.30.5", "10.10.30.41"), true},
		{"the guest's own address", "net", tcp("net", "10.10.30.41", "10.10.30.5", 443), true},
		{"a foreign address", "net", tcp("net", "10.10.30.99", "10.10.30.5", 443), false},
		{"a foreign hardware address", "net", spoofed, false},
		{"a network that a rule closes", "net", tcp("net", "10.10.30.41", "10.10.40.9", 443), false},
		{"an answer for itself", "net", arp(to["net"][0], "10.10.30.41", "10.10.30.5"), true},
		{"an answer for a neighbour", "net", arp(to["net"][0], "10.10.30.99", "10.10.30.5"), false},
	}
	// A bridge learns first: what is sent before its ports forward is lost.
	deadline := time.Now().Add(10 * time.Second)
	for !ends["net"].receives(ends["guest"], arp(guest, "10.10.30.41", "10.10.30.5")) {
		if time.Now().After(deadline) {
			t.Fatal("the bridge forwards nothing")
		}
	}
	for _, c := range cases {
		if got := ends[c.target].receives(away[c.target], c.frame); got != c.passes {
			t.Errorf("%s: passes: %v, want %v", c.name, got, c.passes)
		}
	}
}

// tableOfGuests is the table that a golden host gets on libvirt.
func tableOfGuests(t *testing.T, dir string) string {
	t.Helper()
	engine, err := newEngine(context.Background(), evalFlags{target: "libvirt", release: defaultRelease})
	if err != nil {
		t.Fatal(err)
	}
	doc, err := readSnapshot(filepath.Join(dir, "snapshot.json"))
	if err != nil {
		t.Fatal(err)
	}
	host, err := engine.Evaluate(context.Background(), doc)
	if err != nil {
		t.Fatal(err)
	}
	for _, leaf := range host.Options {
		if strings.Join(leaf.Option, ".") == "networking.nftables.tables.pve-guests.content" {
			return fmt.Sprint(leaf.Value)
		}
	}
	t.Fatal("no table")
	return ""
}

// netns makes a network namespace that lives as long as the test.
func netns(t *testing.T, word string) string {
	t.Helper()
	name := fmt.Sprintf("pve2nix-%d-%s", os.Getpid(), word)
	command(t, "", "ip", "netns", "add", name)
	t.Cleanup(func() { command(t, "", "ip", "netns", "delete", name) })
	return name
}

func command(t *testing.T, input string, words ...string) {
	t.Helper()
	cmd := exec.Command(words[0], words[1:]...)
	cmd.Stdin = strings.NewReader(input)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%s: %v\n%s", strings.Join(words, " "), err, out)
	}
}

// socket sends and receives frames of eth0 in a namespace.
type socket struct{ fd int }

func packets(t *testing.T, namespace string) *socket {
	t.Helper()
	result := make(chan error, 1)
	s := &socket{fd: -1}
	go func() {
		// The thread stays in the namespace, so that it ends with the goroutine.
		runtime.LockOSThread()
		result <- func() error {
			file, err := os.Open(filepath.Join("/run/netns", namespace))
			if err != nil {
				return err
			}
			defer file.Close()
			if err := unix.Setns(int(file.Fd()), unix.CLONE_NEWNET); err != nil {
				return err
			}
			all := int(binary.BigEndian.Uint16(binary.NativeEndian.AppendUint16(nil, unix.ETH_P_ALL)))
			if s.fd, err = unix.Socket(unix.AF_PACKET, unix.SOCK_RAW|unix.SOCK_CLOEXEC, all); err != nil {
				return err
			}
			card, err := net.InterfaceByName("eth0")
			if err != nil {
				return err
			}
			return unix.Bind(s.fd, &unix.SockaddrLinklayer{Protocol: uint16(all), Ifindex: card.Index})
		}()
	}()
	if err := <-result; err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { unix.Close(s.fd) })
	return s
}

// receives sends a frame from another socket, and tells whether it comes.
func (s *socket) receives(from *socket, frame []byte) bool {
	if _, err := unix.Write(from.fd, frame); err != nil {
		return false
	}
	buffer := make([]byte, 2048)
	deadline := time.Now().Add(300 * time.Millisecond)
	for {
		left := int(time.Until(deadline).Milliseconds())
		if left <= 0 {
			return false
		}
		if n, err := unix.Poll([]unix.PollFd{{Fd: int32(s.fd), Events: unix.POLLIN}}, left); err != nil || n == 0 {
			continue
		}
		if n, err := unix.Read(s.fd, buffer); err == nil && bytes.Equal(buffer[:n], frame) {
			return true
		}
	}
}

func ethernet(destination, source string, kind uint16, payload []byte) []byte {
	out := append(hardware(destination), hardware(source)...)
	return append(binary.BigEndian.AppendUint16(out, kind), payload...)
}

func hardware(text string) []byte {
	mac, err := net.ParseMAC(text)
	if err != nil {
		panic(err)
	}
	return mac
}

func address(text string) []byte { return net.ParseIP(text).To4() }

// arp asks everybody for an address; the question tells who asks.
func arp(mac, sender, target string) []byte {
	p := []byte{0, 1, 8, 0, 6, 4, 0, 1}
	p = append(append(p, hardware(mac)...), address(sender)...)
	p = append(append(p, make([]byte, 6)...), address(target)...)
	return ethernet("ff:ff:ff:ff:ff:ff", mac, 0x0806, p)
}

func ipv4(protocol byte, source, destination string, payload []byte) []byte {
	h := []byte{0x45, 0, 0, 0, 0, 9, 0x40, 0, 64, protocol, 0, 0}
	h = append(append(h, address(source)...), address(destination)...)
	binary.BigEndian.PutUint16(h[2:], uint16(len(h)+len(payload)))
	binary.BigEndian.PutUint16(h[10:], checksum(h))
	return append(h, payload...)
}

// syn opens a connection.
func syn(source, destination string, port uint16) []byte {
	p := binary.BigEndian.AppendUint16([]byte{0xc0, 0x01}, port)
	p = append(p, 0, 0, 0, 1, 0, 0, 0, 0, 0x50, 0x02, 0x20, 0, 0, 0, 0, 0)
	pseudo := append(append(address(source), address(destination)...), 0, 6, 0, byte(len(p)))
	binary.BigEndian.PutUint16(p[16:], checksum(append(pseudo, p...)))
	return p
}

func checksum(data []byte) uint16 {
	sum := 0
	for i := 0; i < len(data); i += 2 {
		sum += int(binary.BigEndian.Uint16(data[i:]))
	}
	for sum > 0xffff {
		sum = sum>>16 + sum&0xffff
	}
	return ^uint16(sum)
}
