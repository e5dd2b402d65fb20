#!/bin/sh
# make.sh DIR makes what lies here, in an empty folder: a stand-in of a system, whose paths refer to each other, in the
# forms that Nix writes. It needs nix 2.8 or later; the store is DIR/st.
set -eu
W=$1; mkdir -p $W/st/nix/store; cd $W
S=$W/st/nix/store
A=0123456789abcdfghijklmnpqrsvwxyz-nixos-system-pve-25.11; B=1123456789abcdfghijklmnpqrsvwxyz-linux-6.12; C=2123456789abcdfghijklmnpqrsvwxyz-config.txt; D=3123456789abcdfghijklmnpqrsvwxyz-not-needed
mkdir -p $S/$A/etc/empty $S/$B/lib; printf 'stand-in kernel\n' > $S/$B/bzImage; : > $S/$B/lib/empty; head -c 30000 /dev/zero > $S/$B/lib/zeros
printf 'key = value\n' > $S/$C; printf 'x\n' > $S/$D
printf '#!/bin/sh\nexit 0\n' > $S/$A/init; chmod 555 $S/$A/init; cp $S/$A/init $S/$A/activate; ln -s /nix/store/$B/bzImage $S/$A/kernel; printf 'stand-in initrd\n' > $S/$A/initrd; printf 'init=/nix/store/%s/init' $A > $S/$A/kernel-params; ln -s /nix/store/$C $S/$A/etc/config
ST="local?root=$W/st"
reg() { h=$(nix-hash --type sha256 $S/$1); n=$(nix-store --dump $S/$1 | wc -c); echo /nix/store/$1; echo $h; echo $n; echo; shift; echo $#; for r in "$@"; do echo /nix/store/$r; done; }
{ reg $C; reg $B $B; reg $D; reg $A $B $C $A; } > reg
nix-store --store "$ST" --load-db < reg
nix-store --store "$ST" --export /nix/store/$C /nix/store/$B /nix/store/$A > closure.export
nix-store --store "$ST" --export /nix/store/$C /nix/store/$A > lacks.export
for c in none zstd xz; do nix --extra-experimental-features nix-command copy --no-check-sigs --from "$ST" --to "file://$W/$c?compression=$c" /nix/store/$A /nix/store/$D; done
