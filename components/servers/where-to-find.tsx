import { ChevronRight } from 'lucide-react';
import { T } from '../ui/language.tsx';

/** Where address and management key are to be found, for someone who set the server up long ago. */
export function WhereToFind() {
  return (
    <details className="xs group text-muted">
      <summary className="btn ghost sm -ms-2 cursor-default list-none">
        <ChevronRight className="icon group-open:rotate-90" aria-hidden="true" />
        <T k="where_title" />
      </summary>
      <ul className="grid gap-1 pt-1">
        <li>
          <T k="where_address" />
        </li>
        <li>
          <T k="where_key_config" />
        </li>
        <li>
          <T k="where_key_password" />
        </li>
        <li>
          <T k="where_key_lost" />
        </li>
      </ul>
    </details>
  );
}
