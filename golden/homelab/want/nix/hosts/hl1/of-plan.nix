{ ... }:
{
  # The configuration that plan.json names: apply looks for it in the system that was built.
  environment.etc."pve2nix/configuration".text =
    "3e808d9cd1b624412f53d7bd6803d9f5d6780135a3c64deddc5e385c386ad194\n";
}
