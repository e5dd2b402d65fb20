{ ... }:
{
  # The configuration that plan.json names: apply looks for it in the system that was built.
  environment.etc."pve2nix/configuration".text =
    "205c6aada37560c4e6e451c6e8c78183a0346baae20d1a13b1e7fad4b4faf259\n";
}
