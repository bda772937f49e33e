import { createRoot } from 'react-dom/client';
import { CrashBoundary } from '../../components/ui/crash-boundary.tsx';
import { LanguageProvider } from '../../components/ui/language.tsx';
import { extensionVersion, setUpPage } from '../../lib/edges/page-setup.ts';
import { Options } from './options.tsx';

const element = document.getElementById('root');
if (element) {
  const root = createRoot(element);
  await setUpPage((language) =>
    root.render(
      <LanguageProvider value={language}>
        <CrashBoundary version={extensionVersion()} page="options">
          <Options />
        </CrashBoundary>
      </LanguageProvider>,
    ),
  );
}
