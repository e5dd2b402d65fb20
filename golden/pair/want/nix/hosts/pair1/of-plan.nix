{ ... }:
{
  # The configuration that plan.json names: apply looks for it in the system that was built.
  environment.etc."pve2nix/configuration".text =
    "a48f8d5364b6f103748eb2779d465a2c3c4cee040cabdb391b7e4a5e88560578\n";
}
