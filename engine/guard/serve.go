package guard

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"strings"
	"sync"
	"time"
)

const (
	// strangerTimeout is how long a peer may take to say what it wants.
	strangerTimeout = 5 * time.Second
	// peersAtOnce bounds the connections that are served at the same time.
	peersAtOnce = 8
	// failurePause is how long an address that failed is not heard. Other addresses are: nobody keeps the owner from committing.
	failurePause = 2 * time.Second
)

// server answers those who want to commit.
type server struct {
	key []byte
	// own are the addresses of this machine: who commits from there proves nothing.
	own func() ([]netip.Addr, error)
	// handle does what a proven request wants; its answer gets the proof.
	handle func(ctx context.Context, from netip.Addr, intent Intent) Answer
	log    func(string)

	mu   sync.Mutex
	last map[netip.Addr]time.Time
}

// serve accepts until the listener is closed.
func (s *server) serve(ctx context.Context, l net.Listener) error {
	s.last = map[netip.Addr]time.Time{}
	slots := make(chan struct{}, peersAtOnce)
	var open sync.WaitGroup
	defer open.Wait()
	for {
		conn, err := l.Accept()
		if err != nil {
			return err
		}
		select {
		case slots <- struct{}{}:
		default:
			_ = conn.Close()
			continue
		}
		open.Go(func() {
			defer func() { <-slots }()
			defer func() { _ = conn.Close() }()
			from := peer(conn)
			if err := s.admit(from, time.Now()); err != nil {
				s.log(fmt.Sprintf("commit: %s is not heard: %s", from, err))
				return
			}
			if err := s.talk(ctx, conn, from); err != nil {
				s.failed(from, time.Now())
				s.log(fmt.Sprintf("commit: %s: %s", from, err))
			}
		})
	}
}

// peer is the address of the other side; the zero address where it has none.
func peer(conn net.Conn) netip.Addr {
	if a, ok := conn.RemoteAddr().(*net.TCPAddr); ok {
		return a.AddrPort().Addr().Unmap().WithZone("")
	}
	return netip.Addr{}
}

// admit refuses peers that are this machine itself, and those that failed too often.
func (s *server) admit(from netip.Addr, now time.Time) error {
	if err := outside(from, s.own); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if at, ok := s.last[from]; ok && now.Sub(at) < failurePause {
		return errors.New("it failed a moment ago")
	}
	return nil
}

func (s *server) failed(from netip.Addr, now time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for a, at := range s.last {
		if now.Sub(at) >= failurePause {
			delete(s.last, a)
		}
	}
	s.last[from] = now
}

// outside refuses an address that is one of this machine's own.
func outside(from netip.Addr, own func() ([]netip.Addr, error)) error {
	switch {
	case !from.IsValid():
		return errors.New("it has no address")
	case from.IsLoopback(), from.IsUnspecified():
		return errors.New("it is this machine itself")
	}
	addresses, err := own()
	if err != nil {
		return fmt.Errorf("the addresses of this machine are not known: %w", err)
	}
	for _, a := range addresses {
		if a.Unmap().WithZone("") == from {
			return errors.New("it is this machine itself")
		}
	}
	return nil
}

// talk is the guard's side of a conversation.
func (s *server) talk(ctx context.Context, conn net.Conn, from netip.Addr) error {
	if err := conn.SetDeadline(time.Now().Add(strangerTimeout)); err != nil {
		return err
	}
	challenge, err := newChallenge()
	if err != nil {
		return err
	}
	if err := say(conn, Hello{Protocol, challenge}); err != nil {
		return err
	}
	line, err := readLine(conn, requestLimit)
	if err != nil {
		return err
	}
	r, err := ParseRequest(line)
	if err != nil {
		return err
	}
	if !proves(s.key, r.Proof, r.parts(challenge)...) {
		return errors.New("it does not know the word")
	}
	a := s.handle(ctx, from, r.Intent)
	a.Text = sayable(a.Text)
	a.Proof = proof(s.key, a.parts(challenge, r.Challenge)...)
	if err := conn.SetDeadline(time.Now().Add(strangerTimeout)); err != nil {
		return err
	}
	// Whoever does not hear the answer has proven itself all the same.
	if err := say(conn, a); err != nil {
		s.log(fmt.Sprintf("commit: %s did not hear the answer: %s", from, err))
	}
	return nil
}

// sayable cuts a text to what an answer may hold.
func sayable(s string) string {
	if len(s) > textLimit {
		s = s[:textLimit-3] + "..."
	}
	return strings.ToValidUTF8(s, "?")
}

// OwnAddresses are the addresses of all interfaces of this machine.
func OwnAddresses() ([]netip.Addr, error) {
	list, err := net.InterfaceAddrs()
	if err != nil {
		return nil, err
	}
	var out []netip.Addr
	for _, a := range list {
		if p, err := netip.ParsePrefix(a.String()); err == nil {
			out = append(out, p.Addr())
		}
	}
	return out, nil
}
