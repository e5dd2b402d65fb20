package formats

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// sectionText writes sections one a line: type:id{key=value …}.
func sectionText(sections []snapshot.Section) []string {
	out := []string{}
	for _, s := range sections {
		text := s.Type + ":" + s.ID
		if s.Implicit {
			text += "*"
		}
		out = append(out, text+propertyText(s.Properties))
	}
	return out
}

// propertyText writes properties as {key=value …}; an unknown key has a question mark, a
// secret value is ***.
func propertyText(properties []snapshot.Property) string {
	var parts []string
	for _, p := range properties {
		text := p.Key
		if p.Unknown {
			text += "?"
		}
		if p.Secret != nil {
			text += "=***"
		}
		if p.Value != nil {
			text += "=" + *p.Value
		}
		parts = append(parts, text)
	}
	return "{" + strings.Join(parts, " ") + "}"
}

func anomalyText(anomalies []snapshot.Anomaly) []string {
	out := []string{}
	for _, a := range anomalies {
		out = append(out, a.Kind+" "+a.Source[strings.LastIndex(a.Source, ":")+1:])
	}
	return out
}

const local = "dir:local{path=/var/lib/vz content=iso}"
const localLines = "dir: local\n\tpath /var/lib/vz\n\tcontent iso\n"
const implicitLocal = "dir:local*{path=/var/lib/vz content=backup,images,iso,rootdir,snippets,vztmpl prune-backups=keep-all=1}"

func TestSectionsAreWhatPVESees(t *testing.T) {
	tests := []struct {
		name      string
		kind      SectionKind
		text      string
		want      []string
		anomalies []string
	}{
		{"two sections", Storage, localLines + "\nlvmthin: data\n  vgname pve\n  thinpool data\n", []string{local, "lvmthin:data{vgname=pve thinpool=data content=images,rootdir}"}, []string{}},
		{"a section without an empty line before it is swallowed", Storage, localLines + "nfs: nas\n\tserver 10.0.0.1\n\tcontent images\n",
			[]string{"dir:local{path=/var/lib/vz content=iso server?=10.0.0.1}"}, []string{"swallowed-section 4", "duplicate-key 6"}},
		{"blanks do not end a section", Storage, localLines + "  \nnfs: nas\n\tserver 10.0.0.1\n",
			[]string{"dir:local{path=/var/lib/vz content=iso server?=10.0.0.1}"}, []string{"ignored-line 4", "swallowed-section 5"}},
		{"a comment does not end a section", Storage, "dir: local\n  # where\n\tpath /var/lib/vz\n", []string{"dir:local{path=/var/lib/vz content=images,rootdir}"}, []string{}},
		{"CR LF is read as LF", Storage, "dir: local\r\n\tpath /var/lib/vz\r\n\r\nzfspool: tank\r\n\tpool tank\r\n", []string{"dir:local{path=/var/lib/vz content=images,rootdir}", "zfspool:tank{pool=tank content=images,rootdir}"}, []string{"crlf 1"}},
		{"a flag without a value is 1", Storage, localLines + "\nzfspool: zz\n\tpool p\n\tsparse\n", []string{local, "zfspool:zz{pool=p sparse=1 content=images,rootdir}"}, []string{}},
		{"booleans have one spelling", Storage, localLines + "\nzfspool: zz\n\tsparse Yes\n\tdisable off\n", []string{local, "zfspool:zz{sparse=1 disable=0 content=images,rootdir}"}, []string{}},
		{"a value that PVE rejects is dropped", Storage, localLines + "\nzfspool: zz\n\tpool p\n\tsparse maybe\n", []string{local, "zfspool:zz{pool=p content=images,rootdir}"}, []string{"dropped-key 7"}},
		{"the last section of an id counts", Storage, localLines + "\ndir: a1\n\tpath /a\n\ndir: a1\n\tpath /b\n", []string{local, "dir:a1{path=/b content=images,rootdir}"}, []string{"duplicate-section 5"}},
		{"unknown types are kept", Storage, localLines + "\nDRBD: r0\n\tredundancy 2\n", []string{local, "drbd:r0{redundancy?=2 shared=1}"}, []string{"unknown-type 5"}},
		{"an id that PVE refuses", Storage, localLines + "\ndir: x\n\tpath /x\n", []string{local}, []string{"skipped-section 5", "skipped-property 6"}},
		{"lines outside of sections", Storage, "\tpath /x\nhello\n\n" + localLines, []string{local}, []string{"ignored-line 1", "ignored-line 2"}},
		{"local exists without a file", Storage, "", []string{implicitLocal}, []string{}},
		{"local is first", Storage, "nfs: nas\n\tserver x\n", []string{implicitLocal, "nfs:nas{server=x content=images shared=1}"}, []string{}},
		{"local elsewhere is replaced", Storage, "dir: local\n\tpath /srv\n", []string{implicitLocal}, []string{"replaced-section 1"}},
		{"local of another type is replaced", Storage, "zfspool: local\n\tpool p\n", []string{implicitLocal}, []string{"replaced-section 1"}},
		{"local has its path and no nodes", Storage, "dir: local\n\tcontent iso\n\tnodes a\n", []string{"dir:local{content=iso path=/var/lib/vz}"}, []string{"dropped-key 3"}},
		{"storages of the network are shared", Storage, localLines + "\nnfs: nas\n\tserver x\n\tcontent iso\n\tshared 0\n\nrbd: ceph\n\tshared\n\tcontent images\n\npbs: bk\n\tdatastore d\n\nlvm: vg\n\tvgname v\n\tshared 0\n",
			[]string{local, "nfs:nas{server=x content=iso shared=1}", "rbd:ceph{shared=1 content=images}", "pbs:bk{datastore=d content=backup shared=1}", "lvm:vg{vgname=v shared=0 content=images}"}, []string{"replaced-value 8"}},
		{"what does not fit into a file of credentials is not shown", ACMEPlugins, "dns: cf\n\tapi cf\n\tdata x\n\tZnJhZ21lbnQ\ndns: below\n\tnodes a\n\nCF_Token: abc\n\tmore abc\n\nstandalone: s\n\tnodes a\n",
			[]string{"dns:cf{api=cf data=*** nodes=a}", "standalone:s{nodes=a}"}, []string{"dropped-key 4", "swallowed-section 5", "skipped-section 8", "skipped-property 9"}},
		{"realms that always exist", Realms, "ldap: corp\n\tserver1 x\n", []string{"ldap:corp{server1=x}", "pam:pam*{}", "pve:pve*{}"}, []string{}},
		{"realms that are there already", Realms, "pam: pam\n\tcomment Linux\n\nopenid: pve\n\tissuer-url x\n", []string{"pam:pam{comment=Linux}", "pve:pve{issuer-url=x}"}, []string{"replaced-type 4"}},
		{"headers of mappings", Mapping, "gpu\n\tmap id=10de:1,node=a,path=0000:01:00.0\n\tmap node=b,path=0000:02:00.0\n\nnic\n\tmdev 1\n",
			[]string{"pci:gpu{map=id=10de:1,node=a,path=0000:01:00.0 map=node=b,path=0000:02:00.0}", "pci:nic{mdev=1}"}, []string{}},
		{"keys that may repeat", Notifications, "matcher: m\n\ttarget a\n\ttarget b\n\tcomment c\n\tcomment d\n", []string{"matcher:m{target=a target=b comment=c}"}, []string{"duplicate-key 5"}},
		{"a kind whose keys are not known", SDNFabrics, "openfabric: f\n\tinterfaces a\n\tinterfaces b\n", []string{"openfabric:f{interfaces=a interfaces=b}"}, []string{}},
		{"ids with a colon in type", HAResources, "vm: 100\n\tstate started\n", []string{"vm:100{state=started}"}, []string{}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			sections, anomalies := Sections("/etc/pve/mapping/pci.cfg", []byte(test.text), test.kind)
			if d := cmp.Diff(test.want, sectionText(sections)); d != "" {
				t.Error(d)
			}
			if d := cmp.Diff(test.anomalies, anomalyText(anomalies)); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestSectionsExpandsPropertyStrings(t *testing.T) {
	sections, _ := Sections("/etc/pve/jobs.cfg", []byte("vzdump: j\n\tprune-backups keep-last=3,keep-all=no\n\tall yes\n\tfleecing enabled=1,storage=local\n"), Jobs)
	var got []string
	for _, p := range sections[0].Properties {
		for _, f := range p.Fields {
			got = append(got, p.Key+"."+f.Name+"="+*f.Value)
		}
	}
	want := []string{"prune-backups.keep-last=3", "prune-backups.keep-all=0", "fleecing.enabled=1", "fleecing.storage=local"}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	if got, want := sections[0].Properties[1].Source, "/etc/pve/jobs.cfg:3"; got != want {
		t.Errorf("source is %s, want %s", got, want)
	}
}
