{ ... }:
{
  # The configuration that plan.json names: apply looks for it in the system that was built.
  environment.etc."pve2nix/configuration".text =
    "71c0f42f42bdf001f084164d93e239df341fdb7a99fcd57d5f6e729928eefc1b\n";
}
