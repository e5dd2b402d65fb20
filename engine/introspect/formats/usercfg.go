package formats

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// rootUser always exists, whether the file names it or not.
const rootUser = "root@pam"

var userName = regexp.MustCompile(`^[^\s:/]+@[A-Za-z][A-Za-z0-9._-]+$`)

type userReader struct {
	path   string
	access snapshot.Access
	users  map[string]int
	groups map[string]int
	roles  map[string]int
	tokens map[string]int
	pools  map[string]int
}

// UserCfg reads user.cfg as PVE does; the records that PVE ignores or overrides are anomalies.
// Realms stay empty: they stand in domains.cfg. The user root@pam is there even where the file
// does not name it, then without a source.
func UserCfg(filePath string, data []byte) snapshot.Access {
	r := &userReader{
		path:  filePath,
		users: map[string]int{}, groups: map[string]int{}, roles: map[string]int{}, tokens: map[string]int{}, pools: map[string]int{},
		access: snapshot.Access{
			Users: []snapshot.AccessUser{}, Groups: []snapshot.AccessGroup{}, Roles: []snapshot.AccessRole{}, ACLs: []snapshot.ACL{},
			Tokens: []snapshot.AccessToken{}, Pools: []snapshot.Pool{}, Realms: []snapshot.Section{},
			Anomalies: []snapshot.Anomaly{},
		},
	}
	lines, crlf := splitLines(data)
	if crlf != 0 {
		r.access.Anomalies = append(r.access.Anomalies, crlfAnomaly(filePath, crlf))
	}
	for _, l := range lines {
		text := strings.Trim(l.text, blanks)
		if text == "" {
			continue
		}
		columns := strings.Split(text, ":")
		for i := range columns {
			columns[i] = strings.Trim(columns[i], blanks)
		}
		r.record(l.number, columns)
	}
	if _, ok := r.users[rootUser]; !ok {
		r.access.Users = slices.Insert(r.access.Users, 0, snapshot.AccessUser{ID: rootUser, Enabled: true})
	}
	return r.access
}

func (r *userReader) report(kind string, number int, detail string) {
	r.access.Anomalies = append(r.access.Anomalies, anomaly(kind, r.path, number, detail))
}

// put stores a record; a later one of the same id replaces it, as in a hash.
func put[T any](r *userReader, number int, index map[string]int, items *[]T, id string, item T) {
	if i, ok := index[id]; ok {
		r.report("duplicate-key", number, "a record of the same id stands above; this one counts")
		(*items)[i] = item
		return
	}
	index[id] = len(*items)
	*items = append(*items, item)
}

func (r *userReader) record(number int, columns []string) {
	column := func(i int) string { return columnAt(columns, i) }
	source := at(r.path, number)
	expire, err := seconds(columnAt(columns, expireColumn(columns[0])))
	if err != nil {
		r.report("ignored-line", number, "the time of expiry is no number; PVE ignores the record")
		return
	}
	id := column(1)
	switch columns[0] {
	case "user":
		if !userName.MatchString(id) {
			r.report("ignored-line", number, "the name of the user is not valid")
			return
		}
		put(r, number, r.users, &r.access.Users, id, snapshot.AccessUser{
			ID: id, Enabled: flag(column(2)), Expire: expire, TwoFactor: column(8) != "", Source: source,
		})
	case "token":
		user, _, ok := strings.Cut(id, "!")
		if _, known := r.users[user]; !ok || !known && user != rootUser {
			r.report("ignored-line", number, "the token belongs to no user that stands above")
			return
		}
		put(r, number, r.tokens, &r.access.Tokens, id, snapshot.AccessToken{
			ID: id, Expire: expire, PrivilegeSeparation: flag(column(3)), Source: source,
		})
	case "group":
		put(r, number, r.groups, &r.access.Groups, id, snapshot.AccessGroup{ID: id, Users: list(column(2)), Source: source})
	case "role":
		put(r, number, r.roles, &r.access.Roles, id, snapshot.AccessRole{ID: id, Privileges: list(column(2)), Source: source})
	case "pool":
		put(r, number, r.pools, &r.access.Pools, id, snapshot.Pool{ID: id, Guests: list(column(3)), Storages: list(column(4)), Source: source})
	case "acl":
		objectPath, ok := aclPath(column(2))
		if !ok {
			r.report("ignored-line", number, "the path of the permission is not valid")
			return
		}
		r.access.ACLs = append(r.access.ACLs, snapshot.ACL{
			Path: objectPath, Propagate: flag(id), Subjects: list(column(3)), Roles: list(column(4)), Source: source,
		})
	default:
		r.report("ignored-line", number, "a record of an unknown kind")
	}
}

// columnAt is empty beyond the end of the record.
func columnAt(columns []string, i int) string {
	if i >= 0 && i < len(columns) {
		return columns[i]
	}
	return ""
}

// expireColumn is where a record has its time of expiry; -1 for none.
func expireColumn(kind string) int {
	switch kind {
	case "user":
		return 3
	case "token":
		return 2
	}
	return -1
}

// flag is Perl's truth.
func flag(text string) bool {
	return text != "" && text != "0"
}

func seconds(text string) (int64, error) {
	if text == "" {
		return 0, nil
	}
	n, err := strconv.ParseUint(text, 10, 63)
	return int64(n), err
}

// aclPath is the path as PVE compares it.
func aclPath(text string) (string, bool) {
	parts := strings.FieldsFunc(text, func(r rune) bool { return r == '/' })
	return "/" + strings.Join(parts, "/"), strings.HasPrefix(text, "/")
}
