{ ... }:
{
  # The configuration that plan.json names: apply looks for it in the system that was built.
  environment.etc."pve2nix/configuration".text =
    "4c344f4ff3f17ab9ad88f2c91f01d4da776bff6a7367d02231158ce72f0f40ee\n";
}
