package introspect

import (
	"bufio"
	"bytes"
	"context"
	"encoding/binary"
	"encoding/hex"
	"net"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"
)

// silentBus is a daemon of the bus that greets and from then on answers as long as answers lasts.
func silentBus(t *testing.T, greets bool, answers int) (address string) {
	t.Helper()
	socket := filepath.Join(t.TempDir(), "bus")
	listener, err := net.Listen("unix", socket)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() })
	go func() {
		conn, err := listener.Accept()
		if err != nil {
			return
		}
		t.Cleanup(func() { conn.Close() })
		in := bufio.NewReader(conn)
		for greets {
			line, err := in.ReadString('\n')
			line = strings.Trim(line, "\x00\r\n")
			switch {
			case err != nil || line == "BEGIN":
				greets = false
			case line == "AUTH":
				conn.Write([]byte("REJECTED EXTERNAL\r\n"))
			case strings.HasPrefix(line, "AUTH"):
				conn.Write([]byte("OK " + hex.EncodeToString(make([]byte, 16)) + "\r\n"))
			default:
				conn.Write([]byte("ERROR\r\n"))
			}
		}
		for ; answers > 0; answers-- {
			message, err := dbus.DecodeMessage(in)
			if err != nil {
				return
			}
			reply := &dbus.Message{Type: dbus.TypeMethodReply, Headers: map[dbus.HeaderField]dbus.Variant{
				dbus.FieldReplySerial: dbus.MakeVariant(message.Serial()),
			}}
			if message.Headers[dbus.FieldMember].Value() == "Hello" {
				reply.Body = []any{":1.1"}
				reply.Headers[dbus.FieldSignature] = dbus.MakeVariant(dbus.SignatureOf(reply.Body...))
			}
			var out bytes.Buffer
			if err := reply.EncodeTo(&out, binary.LittleEndian); err != nil {
				t.Error(err)
				return
			}
			binary.LittleEndian.PutUint32(out.Bytes()[8:], 1) // the library numbers only what it sends itself
			conn.Write(out.Bytes())
		}
	}()
	return "unix:path=" + socket
}

// A daemon that takes the connection and says nothing more does not hold up whoever gives up.
func TestBusThatDoesNotGreetIsGivenUp(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	start := time.Now()
	if _, err := dialBus(ctx, silentBus(t, false, 0)); err == nil {
		t.Error("connected to a bus that says nothing")
	}
	if took := time.Since(start); took > busTimeout/2 {
		t.Errorf("it took %s", took)
	}
}

// A network that answers nothing is left as soon as the capture is.
func TestBusOutOfReachIsGivenUp(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	start := time.Now()
	if _, err := dialBus(ctx, "tcp:host=192.0.2.1,port=9"); err == nil {
		t.Error("connected to an address that nobody has")
	}
	if took := time.Since(start); took > busTimeout/2 {
		t.Errorf("it took %s", took)
	}
}

// A daemon that hangs once there are signals to wait for does not hold up the end of the wait.
func TestEndOfSignalsDoesNotWait(t *testing.T) {
	bus, err := dialBus(t.Context(), silentBus(t, true, 2))
	if err != nil {
		t.Fatal(err)
	}
	defer bus.Close()
	ctx, cancel := context.WithCancel(t.Context())
	_, stop, err := bus.Signals(ctx, packageKit, packageKitTransaction)
	if err != nil {
		t.Fatal(err)
	}
	cancel()
	done := make(chan struct{})
	go func() { defer close(done); stop() }()
	select {
	case <-done:
	case <-time.After(busTimeout / 2):
		t.Error("still waiting for an answer that nobody needs")
	}
}
