{ ... }:
{
  # The configuration that plan.json names: apply looks for it in the system that was built.
  environment.etc."pve2nix/configuration".text =
    "9bdd8834198f6ba4c4f87bfc3f16a4d87f1129568e301bede7ca17f40836de82\n";
}
