import { createRoot } from 'react-dom/client';

// What any page costs that React draws: the pages of Keyferry are measured beside it.
const element = document.getElementById('root');
if (element) createRoot(element).render(<p>Empty</p>);
