// Package service serves the API of PVE over HTTPS, for reading alone: GET and nothing else, for holders of API tokens, with
// the certificate that clients know.
package service

import (
	"bufio"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/pve2nix/pve2nix/engine/api"
)

// Port is where PVE's API answers.
const Port = 8006

// The bounds of a request and of the service; the first two are those of PVE.
const (
	mostHeader      = 8 << 10
	refusalDelay    = 3 * time.Second
	mostConnections = 256
	mostRefusals    = 64
	readBound       = 10 * time.Second
	writeBound      = 40 * time.Second
	idleBound       = 30 * time.Second
	answerBound     = 20 * time.Second
	stopBound       = 5 * time.Second
)

// Options are what the service needs.
type Options struct {
	// API answers.
	API *api.API
	// Tokens are who may ask.
	Tokens *Tokens
	// Certificate is what it shows.
	Certificate *Certificate
	// Now is the time; Delay how long the answer to a refused log-in is held back, 0 for as long as PVE does.
	Now   func() time.Time
	Delay time.Duration
	// Log says who asked and what became of it; never what was shown to log in.
	Log *slog.Logger
}

type service struct {
	Options
	// refusals are log-ins that are being held back.
	refusals chan struct{}
}

// Handler answers the requests.
func Handler(o Options) http.Handler {
	if o.Delay == 0 {
		o.Delay = refusalDelay
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	return &service{Options: o, refusals: make(chan struct{}, mostRefusals)}
}

// Serve answers on a listener until the context ends.
func Serve(ctx context.Context, l net.Listener, o Options) error {
	server := &http.Server{
		Handler: Handler(o), ReadHeaderTimeout: readBound, ReadTimeout: readBound, WriteTimeout: writeBound, IdleTimeout: idleBound,
		MaxHeaderBytes: mostHeader,
		// PVE speaks HTTP/1.1 alone, and the texts of its errors stand in the status line, which HTTP/2 has not.
		TLSNextProto: map[string]func(*http.Server, *tls.Conn, http.Handler){},
		ErrorLog:     slog.NewLogLogger(slog.DiscardHandler, slog.LevelDebug),
	}
	stopped := context.AfterFunc(ctx, func() {
		bounded, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopBound)
		defer cancel()
		if server.Shutdown(bounded) != nil {
			_ = server.Close()
		}
	})
	defer stopped()
	err := server.Serve(tls.NewListener(&limited{Listener: l, free: make(chan struct{}, mostConnections)}, &tls.Config{
		MinVersion: tls.VersionTLS12, NextProtos: []string{"http/1.1"}, GetCertificate: o.Certificate.get,
	}))
	if errors.Is(err, http.ErrServerClosed) && ctx.Err() != nil {
		return nil
	}
	return err
}

// limited takes so many connections at a time; others wait.
type limited struct {
	net.Listener
	free chan struct{}
}

func (l *limited) Accept() (net.Conn, error) {
	l.free <- struct{}{}
	c, err := l.Listener.Accept()
	if err != nil {
		<-l.free
		return nil, err
	}
	return &counted{Conn: c, done: sync.OnceFunc(func() { <-l.free })}, nil
}

type counted struct {
	net.Conn
	done func()
}

func (c *counted) Close() error {
	defer c.done()
	return c.Conn.Close()
}

// pathForm is a path of the API: the format, and what is asked for.
var pathForm = regexp.MustCompile(`^/api2/([a-z]+)(/.*)?$`)

// formats are those in which it answers.
var formats = map[string]bool{"json": true, "extjs": true}

func (s *service) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	m := pathForm.FindStringSubmatch(r.URL.Path)
	if m == nil {
		s.refuse(w, r, 501, "no such uri")
		return
	}
	format, path := m[1], m[2]
	if !formats[format] {
		s.refuse(w, r, 501, fmt.Sprintf("no formatter for uri %s, %s", path, format))
		return
	}
	if strings.HasSuffix(path, "/") && path != "/" {
		path = strings.TrimRight(path, "/")
	}
	if r.Method != http.MethodGet {
		s.write(w, r, "", format, api.Answer{Status: 501, Message: s.unimplemented(r.Method, path)})
		return
	}
	if r.ContentLength != 0 { // PVE takes none for GET
		s.refuse(w, r, 501, "Unexpected content for method 'GET'")
		return
	}
	user, problem := s.authenticate(r)
	if problem != "" {
		s.hold(r.Context())
		s.refuse(w, r, 401, problem)
		return
	}
	query, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		s.refuse(w, r, 400, "bad request")
		return
	}
	query.Del("_dc") // clients send it against caches
	ctx, cancel := context.WithTimeout(r.Context(), answerBound)
	defer cancel()
	s.write(w, r, user, format, s.API.Get(ctx, user, path, query))
}

func (s *service) unimplemented(method, path string) string {
	text := fmt.Sprintf("Method '%s %s' not implemented", method, path)
	if path == "/access/ticket" {
		return text + ": this host is read with API tokens alone"
	}
	return text
}

// hold holds the answer to a refused log-in back, as PVE does. Where many are held already, it does not wait.
func (s *service) hold(ctx context.Context) {
	select {
	case s.refusals <- struct{}{}:
		defer func() { <-s.refusals }()
		select {
		case <-time.After(s.Delay):
		case <-ctx.Done():
		}
	default:
	}
}

// tokenHeader is how a token is shown; PVE takes a blank in the place of the first equals sign, too.
var tokenHeader = regexp.MustCompile(`(?:^|\s)PVEAPIToken(?:=| )([^;]*)`)

// authenticate is who asks, or why nobody is let in. It says the same whatever is wrong with a token.
func (s *service) authenticate(r *http.Request) (user, problem string) {
	const failed = "authentication failure"
	if list := r.Header.Values("Authorization"); len(list) == 1 {
		m := tokenHeader.FindStringSubmatch(list[0])
		if m == nil {
			return "", "No ticket"
		}
		text, err := url.PathUnescape(m[1])
		if err != nil {
			return "", failed
		}
		at := strings.LastIndexByte(text, '=')
		if at < 0 {
			return "", failed
		}
		id, value := text[:at], text[at+1:]
		// Both are asked for, whatever the first says.
		right := s.Tokens.Check(id, value)
		may := strings.Contains(id, "!") && s.API.Access.MayLogIn(id, s.Now())
		if !right || !may {
			return "", failed
		}
		return id, ""
	}
	return "", "No ticket"
}

// write sends an answer in the envelope of PVE.
func (s *service) write(w http.ResponseWriter, r *http.Request, user, format string, a api.Answer) {
	envelope := map[string]any{"data": a.Data}
	status := a.Status
	if len(a.Errors) > 0 {
		errors := map[string]any{}
		for name, text := range a.Errors {
			errors[name] = text
		}
		envelope["errors"] = errors
	}
	failed := a.Status >= 400
	if failed {
		envelope["message"] = a.Message + "\n"
	}
	if format == "extjs" { // its clients read the status from the body
		envelope["success"] = int64(1)
		if failed {
			envelope["success"], envelope["status"], status = int64(0), int64(a.Status), 200
		}
	}
	s.send(w, r, user, status, a.Message, "application/json;charset=UTF-8", append(api.Encode(envelope, false), '\n'))
}

// refuse sends an error before anything is looked at.
func (s *service) refuse(w http.ResponseWriter, r *http.Request, status int, text string) {
	s.send(w, r, "", status, text, "text/plain;charset=UTF-8", nil)
}

// send writes the answer. PVE puts the text of an error into the status line, where clients look for it, and closes the
// connection; the library's server has fixed texts there, so that errors are written by hand.
func (s *service) send(w http.ResponseWriter, r *http.Request, user string, status int, text, kind string, body []byte) {
	s.Log.Info("request", "from", r.RemoteAddr, "user", user, "method", r.Method, "path", r.URL.Path, "status", status)
	header := w.Header()
	header.Set("Content-Type", kind)
	header.Set("Cache-Control", "max-age=0")
	header.Set("Pragma", "no-cache")
	header.Set("Server", "pve-api-daemon/3.0")
	if status >= 400 {
		if hijacker, can := w.(http.Hijacker); can {
			if conn, buffer, err := hijacker.Hijack(); err == nil {
				if r.Method == http.MethodHead {
					body = nil
				}
				writeError(conn, buffer.Writer, status, text, kind, body, s.Now())
				return
			}
		}
	}
	header.Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	_, _ = w.Write(body)
}

func writeError(conn net.Conn, out *bufio.Writer, status int, text, kind string, body []byte, now time.Time) {
	defer func() { _ = conn.Close() }()
	_ = conn.SetDeadline(time.Now().Add(readBound))
	fmt.Fprintf(out, "HTTP/1.1 %d %s\r\n", status, reason(text))
	fmt.Fprintf(out, "Cache-Control: max-age=0\r\nConnection: close\r\nDate: %s\r\nPragma: no-cache\r\nServer: pve-api-daemon/3.0\r\n", now.UTC().Format(http.TimeFormat))
	if len(body) > 0 {
		fmt.Fprintf(out, "Content-Type: %s\r\n", kind)
	}
	fmt.Fprintf(out, "Content-Length: %d\r\n\r\n", len(body))
	_, _ = out.Write(body)
	if out.Flush() != nil {
		return
	}
	// A client that is still sending would lose the answer to a connection that is closed before it was read.
	if half, can := conn.(interface{ CloseWrite() error }); can && half.CloseWrite() == nil {
		_ = conn.SetDeadline(time.Now().Add(time.Second))
		_, _ = io.CopyN(io.Discard, conn, largestFile)
	}
}

// longestReason bounds the text in the status line.
const longestReason = 500

// reason is a text as a status line may hold it: one line of printable ASCII.
func reason(text string) string {
	text = strings.Map(func(r rune) rune {
		if r < ' ' || r > '~' {
			return '?'
		}
		return r
	}, text)
	if len(text) > longestReason {
		text = text[:longestReason]
	}
	return text
}
