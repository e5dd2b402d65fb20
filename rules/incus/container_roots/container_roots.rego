# METADATA
# scope: package
# title: "Containers wait for their root file system: {vmids}"
# description: |
#  The root of an instance lies in a pool of Incus, and nothing copies it there by
#  itself: PVE's volumes stay untouched. Each container is made from an image of its
#  old root, and until that image is there, it is not made and does not start.
# custom:
#  id: PVE-INC-001
#  kind: pitfall
#  category: feature
#  severity: critical
#  component: root file systems of containers
#  account: review
#  workaround: |
#   On PVE: `vzdump VMID --mode stop --compress gzip --dumpdir DIR`, with `--exclude-
#   path /data/?*` for each mount point; the archive has the ids as they are inside.
#   Not zstd: Incus calls a program for it that its unit on NixOS 24.11 does not have.
#   On the new system: write metadata.yaml with two lines, `architecture: x86_64` (or
#   what the document of the instance says) and `creation_date: 1`, then `tar cf
#   metadata.tar metadata.yaml`, `incus image import metadata.tar vzdump-lxc-
#   VMID-….tar.gz --alias pve-VMID` and `systemctl restart incus-instances`, which
#   makes the container and starts it where it starts with the host.
#  test:
#   before: |
#    `journalctl -u incus-instances` on the trial system prints "waits for the image
#    pve-VMID" for {vmids}.
#   after: |
#    `incus list` prints the containers as RUNNING, and `incus exec NAME -- ls -ln /`
#    prints owner 0.
#  phase: convert
#  targets: [incus]
#  sources:
#   - https://linuxcontainers.org/incus/docs/main/reference/image_format/
#   - https://linuxcontainers.org/incus/docs/main/howto/images_copy/
#   - https://pve.proxmox.com/pve-docs/vzdump.1.html
#   - https://git.proxmox.com/?p=pve-container.git;a=blob;f=src/PVE/VZDump/LXC.pm
package rules.incus.container_roots

import data.lib.incus
import data.lib.pve

_roots[vmid] := mounts.rootfs.at if some vmid, mounts in incus.mounts_of

findings contains {"at": sort([at | some at in _roots]), "vars": {"vmids": pve.numbers(object.keys(_roots))}} if count(_roots) > 0
