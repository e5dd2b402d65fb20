{ ... }:
{
  # The configuration that plan.json names: apply looks for it in the system that was built.
  environment.etc."pve2nix/configuration".text =
    "16db2924fa6b2d0c0383cfa26e22631ba40b788fe18060c5ad6f388da19fba7b\n";
}
