# Makes dist/RID/calf.exe: one native file with SQLite and libsodium inside (TLS is the system's), for each RID named.
#   ./publish.ps1                        for this machine
#   ./publish.ps1 win-x64 win-arm64      for both, from one machine
#   ./publish.ps1 --install win-arm64    lets winget install what is missing first
# On Linux and macOS it hands over to publish.sh, which takes the same arguments; change both.
$ErrorActionPreference = 'Stop'
Set-Location $PSScriptRoot

function Stop-Publish([string] $message) {
  [Console]::Error.WriteLine("publish: $message")
  exit 1
}

if ([Environment]::OSVersion.Platform -ne 'Win32NT') {
  & bash ./publish.sh @args
  exit $LASTEXITCODE
}

$here = [Runtime.InteropServices.RuntimeInformation]::OSArchitecture.ToString().ToLowerInvariant()
$install = $false
$rids = @()
foreach ($argument in $args) {
  switch -Regex ($argument) {
    '^--install$' { $install = $true; break }
    '^(-h|--help)$' { Get-Content $PSCommandPath -TotalCount 5 | ForEach-Object { $_ -replace '^# ?', '' }; exit 0 }
    '^win-(x64|arm64)$' { $rids += $argument; break }
    '^(linux|osx)-' { Stop-Publish "$argument cannot be made on Windows: run publish.sh on a machine of that system, or in WSL for linux-$here" }
    default { Stop-Publish "unknown argument ${argument}: give --install or RIDs of win-x64, win-arm64" }
  }
}
if ($rids.Count -eq 0) { $rids = @("win-$here") }

# The linker and libraries of Visual C++, which .NET finds in the same way.
$components = @()
if ($rids -contains 'win-x64') { $components += 'Microsoft.VisualStudio.Component.VC.Tools.x86.x64' }
if ($rids -contains 'win-arm64') { $components += 'Microsoft.VisualStudio.Component.VC.Tools.ARM64' }
$vswhere = Join-Path ${env:ProgramFiles(x86)} 'Microsoft Visual Studio\Installer\vswhere.exe'
$found = if (Test-Path $vswhere) { & $vswhere -latest -prerelease -products * -requires $components -property installationPath }
if (-not $found) {
  $add = ($components | ForEach-Object { "--add $_" }) -join ' '
  $options = "--quiet --wait --norestart --add Microsoft.VisualStudio.Workload.VCTools --includeRecommended $add"
  $step = "winget install --exact --id Microsoft.VisualStudio.2022.BuildTools --override `"$options`""
  if (-not $install) { Stop-Publish "missing: the Visual C++ build tools. Run this script with --install, or:`n  $step" }
  Write-Host "publish: $step"
  & winget install --exact --id Microsoft.VisualStudio.2022.BuildTools --accept-package-agreements --accept-source-agreements --override $options
  if ($LASTEXITCODE -ne 0) { Stop-Publish 'the build tools could not be installed, see above' }
}
if (-not (Get-Command dotnet -ErrorAction SilentlyContinue)) {
  Stop-Publish 'missing: the .NET 10 SDK, see https://dotnet.microsoft.com/download'
}

foreach ($rid in $rids) {
  $out = "src/obj/publish/$rid"
  foreach ($old in $out, "dist/$rid", "src/obj/Release/net10.0/$rid") {
    if (Test-Path $old) { Remove-Item -Recurse -Force $old }
  }
  & dotnet publish src -c Release -r $rid -o $out --nologo -v quiet
  if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }
  $files = @(Get-ChildItem -Force -Name $out)
  if ("$files" -ne 'calf.exe') { Stop-Publish "expected one file, calf.exe, in $out but found: $files" }
  New-Item -ItemType Directory -Force "dist/$rid" | Out-Null
  Move-Item "$out/calf.exe" "dist/$rid/calf.exe"
  Write-Host ("publish: dist/$rid/calf.exe, {0} kB" -f [Math]::Floor((Get-Item "dist/$rid/calf.exe").Length / 1000))
}
