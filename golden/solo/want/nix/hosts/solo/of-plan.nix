{ ... }:
{
  # The configuration that plan.json names: apply looks for it in the system that was built.
  environment.etc."pve2nix/configuration".text =
    "aaf1ba9491c0dd2b27165eefb6d6796c1b041385832b7074959a31e0c0b607f5\n";
}
