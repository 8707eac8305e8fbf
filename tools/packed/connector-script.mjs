/* Runs a script with the object model of connectors, whose process is a bundle of its own, from installed packages. */
import { connectorProgram, readSchema } from '@joinery/connector-powershell';
import { Engine } from '@joinery/powershell';

const engine = await Engine.open({ program: connectorProgram });
try {
  const run = await engine.run();
  const script = `$schema = [Microsoft.MetadirectoryServices.Schema]::Create()
$schema.Types.Add([Microsoft.MetadirectoryServices.SchemaType]::Create('Person', $true)); $schema`;
  const names = [];
  for await (const value of run.invoke(script)) names.push(...(readSchema(value)?.types ?? []).map(({ name }) => name));
  if (names.join() !== 'Person') throw new Error(`the script answered ${names.join()}`);
  console.log('A connector script answered with a schema.');
} finally {
  await engine.close();
}
