package service_test

import (
	"bufio"
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"io"
	"log/slog"
	"math/big"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	proxmox "github.com/luthermonson/go-proxmox"

	builtin "github.com/pve2nix/pve2nix/catalog"
	"github.com/pve2nix/pve2nix/engine/api"
	"github.com/pve2nix/pve2nix/engine/api/service"
	"github.com/pve2nix/pve2nix/engine/catalog"
	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// The tokens of the file of the test.
const (
	auditor  = "monitor@pve!grafana=11111111-2222-3333-4444-555555555555"
	narrow   = "terraform@pve!tofu=99999999-2222-3333-4444-555555555555"
	tokenCfg = "monitor@pve!grafana 11111111-2222-3333-4444-555555555555\nno token\nterraform@pve!tofu 99999999-2222-3333-4444-555555555555\n" +
		"gone@pve!t 11111111-2222-3333-4444-555555555555\nroot@pam 11111111-2222-3333-4444-555555555555\n"
)

// alive is a host on which all guests run.
type alive struct{}

func (alive) Now() time.Time { return time.Unix(1_790_000_000, 0) }
func (alive) Node(context.Context) (*api.Node, error) {
	return &api.Node{
		Uptime: 4242, Load: [3]string{"0.50", "0.40", "0.30"}, CPU: 0.125, Processor: api.Processor{Model: "i5", Sockets: 1, Cores: 14, Threads: 20, Flags: "vmx"},
		Memory: api.Memory{Total: 64 << 30, Used: 16 << 30, Free: 8 << 30, Available: 48 << 30}, Root: api.Space{Total: 100, Used: 40, Available: 50},
		Kernel: api.Kernel{Name: "Linux", Release: "6.12", Version: "#1", Machine: "x86_64"},
	}, nil
}
func (alive) Guests(context.Context) (map[int]api.Guest, error) {
	g := api.UnknownGuest()
	g.Running, g.PID, g.Uptime, g.CPU, g.Memory = true, 4711, 60, 0.5, 1<<30
	return map[int]api.Guest{100: g, 200: g}, nil
}
func (alive) Space(context.Context, api.Store) (*api.Space, error) {
	return &api.Space{Total: 1000, Used: 250, Available: 750}, nil
}
func (alive) Links(context.Context) ([]api.Link, error) {
	return []api.Link{{Name: "vmbr0", Up: true}}, nil
}
func (alive) Units(context.Context, [][]string) ([]api.Unit, error) {
	return nil, api.ErrUnknown
}

// pair writes a certificate for 127.0.0.1 and its key.
func pair(t testing.TB, folder, name string) *x509.Certificate {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(time.Now().UnixNano()), Subject: pkix.Name{CommonName: name}, NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	secret, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(folder, "cert.pem"), pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}))
	write(t, filepath.Join(folder, "key.pem"), pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: secret}))
	c, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func write(t testing.TB, name string, data []byte) {
	t.Helper()
	if err := os.WriteFile(name, data, 0o600); err != nil {
		t.Fatal(err)
	}
}

// served is a service that runs.
type served struct {
	address, folder string
	certificate     *x509.Certificate
	log             *bytes.Buffer
	mu              *sync.Mutex
}

// lockedWriter lets the log be read while it is written.
type lockedWriter struct {
	mu *sync.Mutex
	io.Writer
}

func (w lockedWriter) Write(b []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.Writer.Write(b)
}

func start(t *testing.T) *served {
	t.Helper()
	s := &served{folder: t.TempDir(), log: &bytes.Buffer{}, mu: &sync.Mutex{}}
	s.certificate = pair(t, s.folder, "first")
	write(t, filepath.Join(s.folder, "token.cfg"), []byte(tokenCfg))
	file, err := os.Open("../../../golden/homelab/snapshot.json")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	doc, err := snapshot.Read(file, "snapshot.json")
	if err != nil {
		t.Fatal(err)
	}
	c, err := catalog.Decode(builtin.Lock)
	if err != nil {
		t.Fatal(err)
	}
	knowledge, err := api.ReadKnowledge(c.Tables)
	if err != nil {
		t.Fatal(err)
	}
	a, err := api.New(doc, "incus", knowledge, alive{})
	if err != nil {
		t.Fatal(err)
	}
	tokens, err := service.OpenTokens(filepath.Join(s.folder, "token.cfg"))
	if err != nil {
		t.Fatal(err)
	}
	certificate, err := service.OpenCertificate(filepath.Join(s.folder, "cert.pem"), filepath.Join(s.folder, "key.pem"))
	if err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s.address = l.Addr().String()
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() {
		ended <- service.Serve(ctx, l, service.Options{
			API: a, Tokens: tokens, Certificate: certificate, Now: alive{}.Now, Delay: time.Millisecond,
			Log: slog.New(slog.NewTextHandler(lockedWriter{s.mu, s.log}, nil)),
		})
	}()
	t.Cleanup(func() {
		cancel()
		select {
		case err := <-ended:
			if err != nil {
				t.Error(err)
			}
		case <-time.After(10 * time.Second):
			t.Error("the service does not end")
		}
	})
	return s
}

// client trusts the certificate of the service and no other.
func (s *served) client() *http.Client {
	pool := x509.NewCertPool()
	pool.AddCert(s.certificate)
	return &http.Client{Timeout: 10 * time.Second, Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: pool}, DisableKeepAlives: true}}
}

func (s *served) ask(t *testing.T, method, path, authorization, body string) (*http.Response, string) {
	t.Helper()
	r, err := http.NewRequest(method, "https://"+s.address+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if authorization != "" {
		r.Header.Set("Authorization", authorization)
	}
	answer, err := s.client().Do(r)
	if err != nil {
		t.Fatalf("%s %s: %v", method, path, err)
	}
	defer func() { _ = answer.Body.Close() }()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatalf("%s %s: %v", method, path, err)
	}
	return answer, string(text)
}

// A client library that knows nothing of this program reads the host as it reads PVE.
func TestPublicClientReadsTheHostAsPVE(t *testing.T) {
	s := start(t)
	id, secret, _ := strings.Cut(auditor, "=")
	client := proxmox.NewClient("https://"+s.address+"/api2/json", proxmox.WithHTTPClient(s.client()), proxmox.WithAPIToken(id, secret))
	ctx := context.Background()

	version, err := client.Version(ctx)
	if err != nil || version.Version != "9.1.1" || version.Release != "9.1" {
		t.Errorf("version %+v, %v", version, err)
	}
	nodes, err := client.Nodes(ctx)
	if err != nil || len(nodes) != 1 || nodes[0].Node != "hl1" || nodes[0].Status != "online" || nodes[0].MaxCPU != 20 || nodes[0].Mem != 16<<30 {
		t.Errorf("nodes %+v, %v", nodes, err)
	}
	node, err := client.Node(ctx, "hl1")
	if err != nil {
		t.Fatal(err)
	}
	if node.Uptime != 4242 || node.Memory.Total != 64<<30 || node.CPUInfo.CPUs != 20 || node.LoadAvg[0] != "0.50" || node.RootFS.Used != 40 || node.PVEVersion != "pve-manager/9.1.1/0000000000000000" {
		t.Errorf("node %+v", node)
	}
	vms, err := node.VirtualMachines(ctx)
	if err != nil {
		t.Fatal(err)
	}
	states := map[uint64]string{}
	for _, vm := range vms {
		states[uint64(vm.VMID)] = vm.Status
	}
	if diff := cmp.Diff(map[uint64]string{100: "running", 101: "stopped", 102: "stopped", 103: "stopped", 104: "stopped", 9000: "stopped"}, states); diff != "" {
		t.Errorf("virtual machines (-want +got):\n%s", diff)
	}
	vm, err := node.VirtualMachine(ctx, 100)
	if err != nil {
		t.Fatal(err)
	}
	if vm.Status != "running" || uint64(vm.PID) != 4711 || vm.CPU != 0.5 || vm.VirtualMachineConfig.Cores == nil || len(vm.VirtualMachineConfig.Nets) == 0 {
		t.Errorf("virtual machine %+v %+v", vm, vm.VirtualMachineConfig)
	}
	containers, err := node.Containers(ctx)
	if err != nil || len(containers) != 6 {
		t.Errorf("%d containers, %v", len(containers), err)
	}
	ct, err := node.Container(ctx, 201)
	if err != nil || ct.Status != "stopped" || ct.ContainerConfig.Hostname == "" || ct.MaxMem == 0 {
		t.Errorf("container %+v, %v", ct, err)
	}
	storages, err := node.Storages(ctx)
	if err != nil || len(storages) < 5 {
		t.Errorf("%d storages, %v", len(storages), err)
	}
	for _, st := range storages {
		if st.Name == "local" && (st.Total != 1000 || st.Active != 1 || st.UsedFraction != 0.25) {
			t.Errorf("storage %+v", st)
		}
	}
	if st, err := node.Storage(ctx, "local-zfs"); err != nil || st.Type != "zfspool" {
		t.Errorf("storage %+v, %v", st, err)
	}
	networks, err := node.Networks(ctx)
	if err != nil || len(networks) < 3 {
		t.Errorf("%d networks, %v", len(networks), err)
	}
	cluster, err := client.Cluster(ctx)
	if err != nil {
		t.Fatal(err)
	}
	resources, err := cluster.Resources(ctx)
	if err != nil {
		t.Fatal(err)
	}
	kinds := map[string]int{}
	for _, r := range resources {
		kinds[r.Type]++
	}
	if kinds["qemu"] != 6 || kinds["lxc"] != 6 || kinds["node"] != 1 || kinds["storage"] < 5 || kinds["pool"] != 2 {
		t.Errorf("resources %v", kinds)
	}
	if _, err := node.VirtualMachine(ctx, 999); err == nil || !strings.Contains(err.Error(), "nodes/hl1/qemu-server/999.conf' does not exist") {
		t.Errorf("a machine that is not there: %v", err)
	}
	if err := client.Post(ctx, "/nodes/hl1/qemu/100/status/stop", nil, nil); err == nil || !strings.Contains(err.Error(), "501") {
		t.Errorf("a machine can be stopped: %v", err)
	}
	// What the token may not see is refused, and left out of lists.
	id, secret, _ = strings.Cut(narrow, "=")
	less := proxmox.NewClient("https://"+s.address+"/api2/json", proxmox.WithHTTPClient(s.client()), proxmox.WithAPIToken(id, secret))
	if vms, err := (&proxmox.Node{}).New(less, "hl1").VirtualMachines(ctx); err != nil || len(vms) != 2 {
		t.Errorf("%d machines, %v", len(vms), err)
	}
	if err := (&proxmox.Node{}).New(less, "hl1").Status(ctx); !proxmox.IsNotAuthorized(err) {
		t.Errorf("the state of the node: %v", err)
	}
}

// Statuses, status lines and bodies are those of PVE.
func TestRefusals(t *testing.T) {
	s := start(t)
	token := "PVEAPIToken=" + auditor
	for _, c := range []struct {
		why, method, path, authorization, body string
		status                                 string
		want                                   string
	}{
		{"no token", "GET", "/api2/json/nodes", "", "", "401 No ticket", ""},
		{"another scheme", "GET", "/api2/json/nodes", "Basic cm9vdDp4", "", "401 No ticket", ""},
		{"no value", "GET", "/api2/json/nodes", "PVEAPIToken=monitor@pve!grafana", "", "401 authentication failure", ""},
		{"wrong value", "GET", "/api2/json/nodes", token + "x", "", "401 authentication failure", ""},
		{"empty value", "GET", "/api2/json/nodes", "PVEAPIToken=monitor@pve!grafana=", "", "401 authentication failure", ""},
		{"a token that PVE does not know", "GET", "/api2/json/nodes", "PVEAPIToken=gone@pve!t=11111111-2222-3333-4444-555555555555", "", "401 authentication failure", ""},
		{"a token without a value in the file", "GET", "/api2/json/nodes", "PVEAPIToken=root@pam!homepage=", "", "401 authentication failure", ""},
		{"a user in the place of a token", "GET", "/api2/json/nodes", "PVEAPIToken=root@pam=11111111-2222-3333-4444-555555555555", "", "401 authentication failure", ""},
		{"a cookie", "GET", "/api2/json/nodes", "PVEAuthCookie=PVE:root@pam:x", "", "401 No ticket", ""},
		{"a right token, escaped", "GET", "/api2/json/version", "PVEAPIToken=" + strings.ReplaceAll(strings.ReplaceAll(auditor, "!", "%21"), "=", "%3D"), "", "200 OK", `{"data":{"console":"xtermjs","release":"9.1","repoid":"0000000000000000","version":"9.1.1"}}` + "\n"},
		{"with a blank", "GET", "/api2/extjs/version", "PVEAPIToken " + auditor, "", "200 OK", `{"data":{"console":"xtermjs","release":"9.1","repoid":"0000000000000000","version":"9.1.1"},"success":1}` + "\n"},
		{"no path", "GET", "/api2/json/nothing", token, "", "501 Method 'GET /nothing' not implemented", `{"data":null,"message":"Method 'GET /nothing' not implemented\n"}` + "\n"},
		{"no format", "GET", "/api2/png/version", token, "", "501 no formatter for uri /version, png", ""},
		{"the interface", "GET", "/", token, "", "501 no such uri", ""},
		{"traversal", "GET", "/api2/json/nodes/..%2f..%2fetc%2fpasswd/status", token, "", "501 Method 'GET /nodes/../../etc/passwd/status' not implemented", `{"data":null,"message":"Method 'GET /nodes/../../etc/passwd/status' not implemented\n"}` + "\n"},
		{"a line in the path", "GET", "/api2/json/x%0d%0aSet-Cookie:%20a=b", token, "", "501 no such uri", ""},
		{"a name of other letters", "GET", "/api2/json/nodes/%C3%BC%01/status", "PVEAPIToken=" + auditor, "", "500 hostname lookup '??' failed - failed to get address info for: ??: Name or service not known", `{"data":null,"message":"hostname lookup 'ü\u0001' failed - failed to get address info for: ü\u0001: Name or service not known\n"}` + "\n"},
		{"a parameter", "GET", "/api2/json/nodes?x=1", token, "", "400 Parameter verification failed.", `{"data":null,"errors":{"x":"property is not defined in schema and the schema does not allow additional properties"},"message":"Parameter verification failed.\n"}` + "\n"},
		{"not allowed", "GET", "/api2/json/nodes/hl1/status", "PVEAPIToken=" + narrow, "", "403 Permission check failed (/nodes/hl1, Sys.Audit)", `{"data":null,"message":"Permission check failed (/nodes/hl1, Sys.Audit)\n"}` + "\n"},
		{"not allowed, extjs", "GET", "/api2/extjs/nodes/hl1/status", "PVEAPIToken=" + narrow, "", "200 OK", `{"data":null,"message":"Permission check failed (/nodes/hl1, Sys.Audit)\n","status":403,"success":0}` + "\n"},
		{"a log-in", "POST", "/api2/json/access/ticket", "", "username=root@pam&password=x", "501 Method 'POST /access/ticket' not implemented: this host is read with API tokens alone", `{"data":null,"message":"Method 'POST /access/ticket' not implemented: this host is read with API tokens alone\n"}` + "\n"},
		{"writing", "PUT", "/api2/json/nodes/hl1/qemu/100/config", token, "cores=1", "501 Method 'PUT /nodes/hl1/qemu/100/config' not implemented", `{"data":null,"message":"Method 'PUT /nodes/hl1/qemu/100/config' not implemented\n"}` + "\n"},
		{"deleting", "DELETE", "/api2/json/nodes/hl1/qemu/100", token, "", "501 Method 'DELETE /nodes/hl1/qemu/100' not implemented", `{"data":null,"message":"Method 'DELETE /nodes/hl1/qemu/100' not implemented\n"}` + "\n"},
		{"head", "HEAD", "/api2/json/version", token, "", "501 Method 'HEAD /version' not implemented", ""},
		{"a body", "GET", "/api2/json/version", token, "x", "501 Unexpected content for method 'GET'", ""},
		{"a large body", "POST", "/api2/json/nodes", token, strings.Repeat("x", 600<<10), "501 Method 'POST /nodes' not implemented", `{"data":null,"message":"Method 'POST /nodes' not implemented\n"}` + "\n"},
	} {
		answer, body := s.ask(t, c.method, c.path, c.authorization, c.body)
		if answer.Status != c.status {
			t.Errorf("%s: %s, want %s", c.why, answer.Status, c.status)
		}
		if body != c.want {
			t.Errorf("%s: %s\nwant %s", c.why, body, c.want)
		}
		if answer.Header.Get("Set-Cookie") != "" {
			t.Errorf("%s: the client wrote a header of the answer", c.why)
		}
		if kind := answer.Header.Get("Content-Type"); body != "" && kind != "application/json;charset=UTF-8" {
			t.Errorf("%s: %s", c.why, kind)
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	log := s.log.String()
	if !strings.Contains(log, "user=monitor@pve!grafana") || !strings.Contains(log, "status=401") {
		t.Errorf("the log does not say who asked:\n%s", log)
	}
	for _, secret := range []string{"5555-", "555555555555", "password"} {
		if strings.Contains(log, secret) {
			t.Errorf("the log holds a secret:\n%s", log)
		}
	}
}

// What is sent by hand, past all client libraries, ends in an error or a closed connection, and the service lives on.
func TestHostileRequests(t *testing.T) {
	s := start(t)
	raw := func(text string) string {
		pool := x509.NewCertPool()
		pool.AddCert(s.certificate)
		conn, err := tls.Dial("tcp", s.address, &tls.Config{RootCAs: pool})
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = conn.Close() }()
		_ = conn.SetDeadline(time.Now().Add(5 * time.Second))
		go func() { _, _ = io.WriteString(conn, text) }()
		line, _ := bufio.NewReader(conn).ReadString('\n')
		return strings.TrimSpace(line)
	}
	token := "Authorization: PVEAPIToken=" + auditor + "\r\n"
	for why, c := range map[string]struct{ text, want string }{
		"two lengths":            {"GET /api2/json/version HTTP/1.1\r\nHost: x\r\n" + token + "Content-Length: 1\r\nContent-Length: 2\r\n\r\n", "HTTP/1.1 400"},
		"length and chunks":      {"GET /api2/json/version HTTP/1.1\r\nHost: x\r\n" + token + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /", "HTTP/1.1 501"},
		"chunks":                 {"POST /api2/json/nodes HTTP/1.1\r\nHost: x\r\n" + token + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n", "HTTP/1.1 501"},
		"unknown coding":         {"GET /api2/json/version HTTP/1.1\r\nHost: x\r\n" + token + "Transfer-Encoding: xchunked\r\n\r\n", "HTTP/1.1 501"},
		"large header":           {"GET /api2/json/version HTTP/1.1\r\nHost: x\r\nX: " + strings.Repeat("a", 64<<10) + "\r\n\r\n", "HTTP/1.1 431"},
		"blank in a header":      {"GET /api2/json/version HTTP/1.1\r\nHost: x\r\nAuthorization : PVEAPIToken=" + auditor + "\r\n\r\n", "HTTP/1.1 400"},
		"two tokens":             {"GET /api2/json/version HTTP/1.1\r\nHost: x\r\n" + token + token + "\r\n", "HTTP/1.1 401"},
		"no host":                {"GET /api2/json/version HTTP/1.1\r\n" + token + "\r\n", "HTTP/1.1 400"},
		"a method of its own":    {"BREW /api2/json/version HTTP/1.1\r\nHost: x\r\n" + token + "\r\n", "HTTP/1.1 501"},
		"connect":                {"CONNECT 127.0.0.1:22 HTTP/1.1\r\nHost: x\r\n" + token + "\r\n", "HTTP/1.1 501"},
		"proxy request":          {"GET http://169.254.169.254/api2/json/version HTTP/1.1\r\nHost: x\r\n\r\n", "HTTP/1.1 401"},
		"bad escapes":            {"GET /api2/json/%zz HTTP/1.1\r\nHost: x\r\n\r\n", "HTTP/1.1 400"},
		"HTTP/2":                 {"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "HTTP/1.1 501"},
		"upgrade to a websocket": {"GET /api2/json/nodes/hl1/vncwebsocket HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" + token + "\r\n", "HTTP/1.1 501"},
	} {
		if got := raw(c.text); !strings.HasPrefix(got, c.want) {
			t.Errorf("%s: %q, want %s", why, got, c.want)
		}
	}
	if answer, _ := s.ask(t, "GET", "/api2/json/version", "PVEAPIToken="+auditor, ""); answer.StatusCode != 200 {
		t.Errorf("afterwards: %s", answer.Status)
	}
	// Without TLS nothing is answered that helps.
	conn, err := net.Dial("tcp", s.address)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	_ = conn.SetDeadline(time.Now().Add(5 * time.Second))
	fmt.Fprintf(conn, "GET /api2/json/version HTTP/1.1\r\nHost: x\r\n%s\r\n", token)
	if data, _ := io.ReadAll(conn); bytes.Contains(data, []byte("9.1.1")) {
		t.Errorf("answered without TLS: %s", data)
	}
}

// A certificate that was renewed and a token that was withdrawn count at once, without a restart.
func TestRenewedFilesCount(t *testing.T) {
	s := start(t)
	second := pair(t, s.folder, "second")
	later := time.Now().Add(time.Minute)
	for _, name := range []string{"cert.pem", "key.pem"} {
		if err := os.Chtimes(filepath.Join(s.folder, name), later, later); err != nil {
			t.Fatal(err)
		}
	}
	s.certificate = second
	if answer, _ := s.ask(t, "GET", "/api2/json/version", "PVEAPIToken="+auditor, ""); answer.TLS.PeerCertificates[0].Subject.CommonName != "second" {
		t.Errorf("still %s", answer.TLS.PeerCertificates[0].Subject)
	}
	// Half of a pair changes nothing.
	write(t, filepath.Join(s.folder, "cert.pem"), []byte("half"))
	if answer, _ := s.ask(t, "GET", "/api2/json/version", "PVEAPIToken="+auditor, ""); answer.StatusCode != 200 {
		t.Errorf("with half a certificate: %s", answer.Status)
	}
	write(t, filepath.Join(s.folder, "token.cfg"), []byte("terraform@pve!tofu 99999999-2222-3333-4444-555555555555\n"))
	if answer, _ := s.ask(t, "GET", "/api2/json/version", "PVEAPIToken="+auditor, ""); answer.StatusCode != 401 {
		t.Errorf("a token that was withdrawn: %s", answer.Status)
	}
}

// A refused log-in is answered late, so that values cannot be tried fast.
func TestRefusedLogInsAreHeldBack(t *testing.T) {
	name := filepath.Join(t.TempDir(), "token.cfg")
	write(t, name, []byte(tokenCfg))
	tokens, err := service.OpenTokens(name)
	if err != nil {
		t.Fatal(err)
	}
	o := service.Options{Tokens: tokens, Delay: 300 * time.Millisecond}
	r, _ := http.NewRequest("GET", "/api2/json/version", http.NoBody)
	begun := time.Now()
	w := &plain{header: http.Header{}}
	service.Handler(o).ServeHTTP(w, r)
	if took := time.Since(begun); took < o.Delay || w.status != 401 {
		t.Errorf("%d after %s", w.status, took)
	}
}

type plain struct {
	header http.Header
	status int
}

func (p *plain) Header() http.Header         { return p.header }
func (p *plain) Write(b []byte) (int, error) { return len(b), nil }
func (p *plain) WriteHeader(status int)      { p.status = status }

// The body is valid JSON whatever facts hold.
func TestAnswersAreJSON(t *testing.T) {
	s := start(t)
	for _, path := range []string{"/cluster/resources", "/nodes/hl1/qemu/100/config", "/nodes/hl1/network", "/storage"} {
		_, body := s.ask(t, "GET", "/api2/json"+path, "PVEAPIToken="+auditor, "")
		var envelope map[string]json.RawMessage
		if err := json.Unmarshal([]byte(body), &envelope); err != nil || len(envelope) != 1 || envelope["data"] == nil {
			t.Errorf("%s: %v %s", path, err, body)
		}
	}
}
