package main
import ("testing";"context";"time";"fmt";"os";"runtime/debug";"github.com/open-policy-agent/opa/v1/ast"
"github.com/pve2nix/pve2nix/engine/catalog"
builtincatalog "github.com/pve2nix/pve2nix/catalog"
"github.com/pve2nix/pve2nix/engine/policy"
"github.com/pve2nix/pve2nix/engine/evaluate"
"github.com/pve2nix/pve2nix/reports"
"github.com/pve2nix/pve2nix/rules")
func TestTimeline(t *testing.T){
 debug.SetGCPercent(400)
 if os.Getenv("TL")=="" {t.Skip()}
 for i:=0;i<3;i++{
 t0:=time.Now(); lap:=func(s string){ fmt.Printf("%-12s %v\n",s,time.Since(t0)); t0=time.Now() }
 c,_:=catalog.Decode(builtincatalog.Lock); lap("catalog")
 d,_:=readSnapshot("/tmp/scratch/with-ceph.json"); lap("read")
 m,_:=policy.Load(rules.FS,"rules"); lap("load")
 tables:=map[string]any{}; for k,v:=range c.Tables{tables[k]=map[string]any(v)}
 p,err:=policy.Compile(context.Background(),m,policy.Options{Data:map[string]any{"catalog":tables,"target":"proxmox","release":"25.11"},Checked:true}); lap("compile"); if err!=nil{t.Fatal(err)}
 in,_:=ast.InterfaceToValue(d.Tree); lap("toast"); _=in
 _,err=p.Evaluate(context.Background(),d.Tree); lap("policy"); if err!=nil{t.Fatal(err)}
 e:=&evaluate.Engine{Policy:p,Catalog:c,Target:"proxmox",Release:"25.11"}
 h,err:=e.Evaluate(context.Background(),d); lap("evaluate+policy"); if err!=nil{t.Fatal(err)}
 r:=reports.Run{Tool:"x",Target:"proxmox",Release:"25.11",Shape:c,Hosts:[]reports.Host{{Host:h,Tree:d.Tree}}}
 fs,err:=reports.Render(r); lap("render"); if err!=nil{t.Fatal(err)}
 writeAll(t.TempDir(),fs); lap("write")
 fmt.Println()
 }
}
