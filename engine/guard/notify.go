package guard

import (
	"net"
	"time"
)

// Notifier tells the service manager states over the socket that it gave (sd_notify(3)); one that does nothing where there is none.
func Notifier(socket string) func(state string) {
	if socket == "" {
		return func(string) {}
	}
	return func(state string) {
		conn, err := net.Dial("unixgram", socket) // a leading @ is the abstract name space, as in systemd's variable
		if err != nil {
			return
		}
		defer func() { _ = conn.Close() }()
		_ = conn.SetDeadline(time.Now().Add(time.Second))
		_, _ = conn.Write([]byte(state))
	}
}
